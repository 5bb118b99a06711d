import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IAM } from '@aws-sdk/client-iam';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { runCli, type Ran } from '#test/cli/run-cli.ts';
import { tempDir } from '#test/temp-dir.ts';
import { startMoto, whyNoMoto, type Moto } from '../moto.ts';
import { startGateway, type Gateway } from './gateway.ts';
import { arn, buildWorld, stateOf } from './moto-world.ts';

const why = whyNoMoto();
const USER = arn('user/services/app');
const KEYS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1' };

describe.skipIf(why !== null)(
  `nhi revoke, command by command${why === null ? '' : ` (skipped: ${why})`}`,
  () => {
    let moto: Moto;
    let gateway: Gateway;
    let iam: IAM;
    let folder: string;
    let plan: string;

    const nhi = (...words: readonly string[]): Promise<Ran> =>
      runCli(folder, words, { env: { ...KEYS, HOME: folder }, now: () => new Date() });
    const file = (name: string): string => join(folder, '.nhi', 'revocations', plan, name);

    beforeAll(async () => {
      moto = await startMoto();
    });
    beforeEach(async () => {
      await fetch(`${moto.endpoint}/moto-api/reset`, { method: 'POST' });
      gateway = await startGateway(moto.endpoint);
      iam = new IAM({
        endpoint: moto.endpoint,
        region: 'us-east-1',
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      });
      await buildWorld(iam);
      folder = await tempDir();
      const targets = [{ system: 'aws', regions: ['us-east-1'], endpoint: gateway.endpoint }];
      const config = {
        targets,
        aws: { organization: 'none' },
        ledger: { key: 'keys/ledger.pem' },
        revocation: {
          targets,
          approvers: ['ada', 'kim'].map((name) => ({ name, key: `keys/${name}.pem.pub` })),
          settleSeconds: { aws: 0 },
        },
      };
      await writeFile(join(folder, 'nhi.yaml'), stringify(config));
      for (const key of ['ledger', 'ada', 'kim'])
        await nhi('ledger', 'keygen', '--output', `keys/${key}.pem`);
      await nhi('scan', '--quiet');
      const asked = ['--identity', USER, '--requester', 'kim', '--reason', 'offboarding', '--format', 'json'];
      const { stdout } = await nhi('revoke', 'plan', ...asked);
      plan = (JSON.parse(stdout) as { id: string }).id;
    });
    afterEach(() => {
      iam?.destroy();
      gateway?.close();
    });
    afterAll(async () => moto?.stop());

    const approved = () => nhi('revoke', 'approve', plan, '--as', 'ada', '--key', 'keys/ada.pem');

    it('acts on an approved plan only, proves what it did, and takes it back to the byte', async () => {
      const before = await stateOf(iam);
      expect((await nhi('revoke', 'apply', plan, '--execute')).code).not.toBe(0);
      expect(await stateOf(iam)).toEqual(before);
      expect((await approved()).code).toBe(0);
      // Without --execute it tells what it would do.
      expect((await nhi('revoke', 'apply', plan)).code).toBe(0);
      expect(await stateOf(iam)).toEqual(before);
      expect((await nhi('revoke', 'apply', plan, '--execute')).code).toBe(0);
      expect(await stateOf(iam)).not.toEqual(before);
      const verified = await nhi('revoke', 'verify', plan);
      expect(verified.stdout).toMatch(/\bproved\b/u);
      expect(verified.code).toBe(0);
      expect((await nhi('ledger', 'verify')).code).toBe(0);
      expect((await nhi('revoke', 'list')).stdout).toContain('proved');
      expect((await nhi('revoke', 'rollback', plan, '--execute')).code).toBe(0);
      expect(await stateOf(iam)).toEqual(before);
    });

    it('ends with 5 while the system cannot be reached', async () => {
      await approved();
      await nhi('revoke', 'apply', plan, '--execute');
      gateway.close();
      const blind = await nhi('revoke', 'verify', plan, '--no-scan');
      expect(blind.code).toBe(5);
      expect(blind.stdout).toMatch(/not checked|could not|unreachable|not proved/iu);
    });

    it('refuses a plan that was edited, and an approval by whoever asked for it', async () => {
      const own = await nhi('revoke', 'approve', plan, '--as', 'kim', '--key', 'keys/kim.pem');
      expect(own.code).not.toBe(0);
      expect(own.stderr).toContain('kim');
      expect((await approved()).code).toBe(0);
      const path = file('plan.json');
      await writeFile(path, (await readFile(path, 'utf8')).replace('offboarding', 'on a whim'));
      const before = await stateOf(iam);
      const edited = await nhi('revoke', 'apply', plan, '--execute');
      expect(edited.code).not.toBe(0);
      expect(edited.stderr).not.toBe('');
      expect(await stateOf(iam)).toEqual(before);
    });

    it('stops where the object was changed since the plan was made', async () => {
      await approved();
      await iam.putUserPolicy({
        UserName: 'app',
        PolicyName: 'upload',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
        }),
      });
      const { Groups: before } = await iam.listGroupsForUser({ UserName: 'app' });
      const stopped = await nhi('revoke', 'apply', plan, '--execute');
      expect(stopped.code).toBe(5);
      expect(`${stopped.stdout}${stopped.stderr}`).toMatch(/changed/u);
      expect(before?.length).toBeGreaterThan(0);
    });
  },
);
