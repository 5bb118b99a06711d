import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IAM } from '@aws-sdk/client-iam';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { ActingContext } from '#contract/action.ts';
import { ledgerFiles } from '#ledger/files.ts';
import { verifyLedger } from '#ledger/verify-ledger.ts';
import { newKey } from '#test/ledger/ledger-for-test.ts';
import { tempDir } from '#test/temp-dir.ts';
import { readLive, targetAt } from './reading.ts';
import { startMoto, whyNoMoto, type Moto } from '../moto.ts';
import { startGateway, type Gateway } from './gateway.ts';
import { arn, buildWorld, stateOf } from './moto-world.ts';
import { carryOut, contextFor, ledgerFor, planOn, takeBack, type PlanFor } from './revoking.ts';

const why = whyNoMoto();
const USER = arn('user/services/app');
const ROLE = arn('role/worker');

describe.skipIf(why !== null)(`a revocation in AWS${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let moto: Moto;
  let gateway: Gateway;
  let iam: IAM;
  let context: ActingContext;
  let rows: PartialRows;
  let keyId: string;
  const key = newKey();

  beforeAll(async () => {
    moto = await startMoto();
    gateway = await startGateway(moto.endpoint);
  });
  beforeEach(async () => {
    await fetch(`${moto.endpoint}/moto-api/reset`, { method: 'POST' });
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    iam = new IAM({ endpoint: moto.endpoint, region: 'us-east-1', credentials });
    ({ keyId } = await buildWorld(iam));
    const target = targetAt(gateway.endpoint, { accounts: [] });
    context = contextFor(target);
    const read = await readLive(target);
    rows = {
      identities: read('identities'),
      credentials: read('credentials'),
      groups: read('groups'),
      memberships: read('memberships'),
      roles: read('roles'),
      grants: read('grants'),
      trusts: read('trusts'),
    };
  });
  afterEach(() => iam?.destroy());
  afterAll(async () => {
    gateway?.close();
    await moto?.stop();
  });

  async function planned(asked: PlanFor) {
    const plan = await planOn(rows, context, asked);
    const dataDir = await tempDir();
    await ledgerFor(plan, dataDir, key);
    return { plan, dataDir };
  }

  it('deactivates one key, and makes it active again', async () => {
    const only = `${USER}/access-key/${keyId}`;
    const asked = { uids: [USER], playbook: 'deactivate-then-delete-key', only };
    const before = await stateOf(iam);
    const { plan, dataDir } = await planned(asked);
    expect(plan.steps.map(({ action }) => action)).toEqual(['aws/deactivate-access-key']);
    const [result] = await carryOut(plan, dataDir, key, context);
    expect(result).toMatchObject({ result: 'done', detail: expect.any(String) });
    expect(await stateOf(iam)).toMatchObject({ keys: { [keyId]: 'Inactive' } });
    await takeBack(plan, dataDir, key, context);
    expect(await stateOf(iam)).toEqual(before);
  });

  it('quarantines and strips a user and a role, and puts every byte of policy back', async () => {
    const before = await stateOf(iam);
    const { plan, dataDir } = await planned({ uids: [USER, ROLE] });
    expect(plan.steps.every(({ undoable }) => undoable)).toBe(true);
    const results = await carryOut(plan, dataDir, key, context);
    expect(results.filter(({ result }) => result !== 'done')).toEqual([]);
    const ours = { NhiAuditorQuarantine: expect.any(String), NhiAuditorRevokedSessions: expect.any(String) };
    expect(await stateOf(iam)).toMatchObject({
      groups: [],
      user: { attached: [], inline: ours },
      role: { attached: [], inline: ours },
    });
    const undone = await takeBack(plan, dataDir, key, context);
    expect(undone.filter(({ result }) => result !== 'undone')).toEqual([]);
    expect(await stateOf(iam)).toEqual(before);
  });

  it('keeps what somebody else changed in a trust policy since', async () => {
    const { plan, dataDir } = await planned({ uids: [ROLE], playbook: 'quarantine-then-delete' });
    await carryOut(plan, dataDir, key, context);
    const other = {
      Effect: 'Allow',
      Principal: { Service: 'ecs-tasks.amazonaws.com' },
      Action: 'sts:AssumeRole',
    };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [other] });
    await iam.updateAssumeRolePolicy({ RoleName: 'worker', PolicyDocument });
    await takeBack(plan, dataDir, key, context);
    const { Role } = await iam.getRole({ RoleName: 'worker' });
    const { Statement } = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''));
    expect(Statement).toHaveLength(4);
    expect(Statement[0]).toEqual(other);
  });

  it('stops where the object changed since the plan was made', async () => {
    const { plan, dataDir } = await planned({ uids: [ROLE], playbook: 'remove-grants' });
    const nothing = { Effect: 'Deny', Action: '*', Resource: '*' };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [nothing] });
    await iam.putRolePolicy({ RoleName: 'worker', PolicyName: 'upload', PolicyDocument });
    const results = await carryOut(plan, dataDir, key, context);
    expect(results.map(({ result }) => result)).toContain('changed');
    expect(await stateOf(iam)).toMatchObject({ role: { inline: { upload: expect.anything() } } });
  });

  it('refuses to act with the credentials of another account', async () => {
    const [identity] = rows.identities ?? [];
    const uid = USER.replace('123456789012', '999999999999');
    const foreign = { identities: [{ ...identity, uid, kind: 'iam-user', name: 'app' }] };
    const plan = planOn(foreign, context, { uids: [uid] });
    await expect(plan).rejects.toMatchObject({ failure: 'refused' });
  });

  it(
    'is killed in every step, goes on, and deletes user and role in order',
    { timeout: 900_000 },
    async () => {
      const { plan, dataDir } = await planned({ uids: [USER, ROLE], deletes: true });
      await writeFile(join(dataDir, 'plan.json'), JSON.stringify(plan));
      const run = async (...words: string[]) => {
        const loader = ['--import', 'tsx', '--conditions=source', 'test/live/revoke/killed-run.ts'];
        const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
        const env = { ...process.env, LEDGER_TEST_KEY: pem };
        const all = [...loader, dataDir, gateway.endpoint, ...words];
        const child = spawn(process.execPath, all, { env, stdio: 'inherit' });
        const [code, signal] = await once(child, 'exit');
        return signal ?? code;
      };
      for (const [at, { id }] of plan.steps.entries()) {
        const point = at % 2 === 0 ? 'before-act' : 'after-act';
        expect(await run(point, id), `${point} of ${id}`).toBe('SIGKILL');
      }
      expect(await run()).toBe(0);
      await expect(iam.getUser({ UserName: 'app' })).rejects.toThrow(/cannot be found|not found/u);
      await expect(iam.getRole({ RoleName: 'worker' })).rejects.toThrow(/cannot be found|not found/u);
      const verdict = await verifyLedger(ledgerFiles(dataDir), { publicKey: null, knownHead: null });
      expect(verdict.ok).toBe(true);
    },
  );
});
