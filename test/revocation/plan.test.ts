import { describe, expect, it } from 'vitest';
import { parsePlan, planDigest } from '#revocation/plan.ts';
import { able, step } from '../estates/access.ts';
import { accessKey, arn, awsRole, awsUser, keyUsed, trust, used } from '../estates/aws.ts';
import { daysAgo, notRead, NOW } from '../estates/estate.ts';
import { planFor, POLICY, UNUSED } from './small-plan.ts';

const guardsOf = async (...args: Parameters<typeof planFor>) =>
  (await planFor(...args)).plan.guards.map(({ id, verdict }) => `${verdict} ${id}`);

describe('a plan', () => {
  it('contains before it removes, and deletes only where that is asked for', async () => {
    const { plan } = await planFor();
    expect(plan.steps.map(({ id, action, phase }) => `${id} ${phase} ${action}`)).toEqual([
      's1 contain aws/deactivate',
      's2 contain aws/deactivate',
      's3 contain aws/quarantine',
    ]);
    const deleting = await planFor(UNUSED, { deletes: true });
    expect(deleting.plan.steps.at(-1)).toMatchObject({ action: 'aws/delete', undoable: false });
  });

  it('limits itself to the one row that a finding is about', async () => {
    const { plan } = await planFor(UNUSED, { book: 'key', only: 'AK2' });
    expect(plan.steps.map(({ subjectUid }) => subjectUid)).toEqual(['AK2']);
    expect(plan.ways.find(({ uid }) => uid === 'AK1')?.closedBy).toEqual([]);
    expect(plan.ways.find(({ uid }) => uid === 'AK2')?.closedBy).toEqual(['s1']);
  });

  it('lists every way in and out with the steps that close it', async () => {
    const rows = [
      ...UNUSED,
      awsRole('next'),
      step(arn('user/app'), arn('role/next'), 'assume-role', { evidence: ['t'] }),
    ];
    const { plan } = await planFor(rows);
    expect(
      plan.ways.map(({ direction, kind, closedBy }) => `${direction} ${kind} ${closedBy.join()}`),
    ).toEqual([
      'in credential s1,s3',
      'in credential s2,s3',
      'in session s3',
      'out grant s3',
      'out become s3',
    ]);
  });

  it('leaves out a credential that is disabled already and a trust that is only claimed', async () => {
    const rows = [
      awsRole('app'),
      trust('app', 't1', { trusted: 'k8s:c:serviceaccount:a/b', certainty: 'claimed' }),
      trust('app', 't2', { trusted: '*', trustedKind: 'everyone' }),
      accessKey('other', 'AK9', { identityUid: arn('role/app'), enabled: false }),
    ];
    const { plan } = await planFor(rows, {
      identities: [{ uid: arn('role/app'), system: 'aws', why: '' }],
    });
    expect(plan.ways.map(({ kind, uid }) => `${kind} ${uid}`)).toEqual([
      'trust t2',
      `session ${arn('role/app')}`,
    ]);
  });

  it('says what would remain where only a key is taken away, and nothing where everything is denied', async () => {
    const key = await planFor(UNUSED, { book: 'key', only: 'AK1' });
    expect(key.plan.residual.entitlements).toMatchObject([{ capability: 'data-read' }]);
    const all = await planFor();
    expect(all.plan.residual).toEqual({ entitlements: [], edges: [], unknown: [] });
  });

  it('says what the graph cannot show where feeds were not read', async () => {
    const { plan } = await planFor([...UNUSED, notRead('grants', 'aws:111111111111')]);
    expect(plan.residual.unknown).toEqual(['aws:111111111111: grants is denied']);
  });

  it('has another digest whatever is changed in it, and is refused when it is no plan any more', async () => {
    const { plan } = await planFor();
    const copy = parsePlan(JSON.stringify(plan), 'plan.json');
    expect(planDigest(copy)).toBe(planDigest(plan));
    expect(planDigest({ ...plan, steps: plan.steps.slice(1) })).not.toBe(planDigest(plan));
    expect(() => parsePlan(JSON.stringify({ ...plan, extra: 1 }), 'plan.json')).toThrow('plan.json');
    expect(() => parsePlan('{', 'plan.json')).toThrow('plan.json: not JSON');
  });
});

describe('guards', () => {
  it('let an identity go that nobody used for longer than the quiet period', async () => {
    expect(await guardsOf()).toEqual([]);
  });

  it('hold an identity that was used within the quiet period, by itself or by a key', async () => {
    const recent = used('user/app', { lastUsedAt: daysAgo(29), windowEnd: NOW });
    expect(await guardsOf([...UNUSED, recent])).toEqual(['hold in-use']);
    const key = keyUsed('app', 'AK1', { lastUsedAt: daysAgo(1) });
    expect(await guardsOf([...UNUSED, key])).toEqual(['hold in-use']);
    const boundary = used('user/app', { lastUsedAt: daysAgo(30), windowEnd: NOW });
    expect(await guardsOf([...UNUSED, boundary])).toEqual([]);
  });

  it('hold an identity of which nothing says when it was used', async () => {
    const rows = [awsUser('app')];
    expect(await guardsOf(rows)).toEqual(['hold use-unknown']);
  });

  it('refuse the last administrator of a scope, and let one of two go', async () => {
    const scope = { scopeUid: 'aws:111111111111' };
    const admin = able(arn('user/app'), 'admin', scope);
    expect(await guardsOf([...UNUSED, admin])).toContain('refuse last-administrator');
    const other = [awsUser('other'), able(arn('user/other'), 'admin', scope)];
    expect(await guardsOf([...UNUSED, admin, ...other])).toEqual([]);
    const disabled = [awsUser('other', { enabled: false }), able(arn('user/other'), 'admin', scope)];
    expect(await guardsOf([...UNUSED, admin, ...disabled])).toContain('refuse last-administrator');
  });

  it('refuse what is on the break-glass list, what the provider manages and what this program runs as', async () => {
    const policy = (fields: object) => ({ policy: { ...POLICY, ...fields } });
    expect(await guardsOf(UNUSED, policy({ breakGlass: ['*user/ap*'] }))).toEqual(['refuse break-glass']);
    expect(await guardsOf(UNUSED, policy({ breakGlass: ['ap'] }))).toEqual([]);
    expect(await guardsOf(UNUSED, policy({ ownIdentities: [arn('user/app')] }))).toEqual([
      'refuse own-identity',
    ]);
    const [, ...rest] = UNUSED;
    const provided = [awsUser('app', { managedBy: 'provider' }), ...rest];
    expect(await guardsOf(provided)).toEqual(['refuse provider-managed']);
  });

  it('note what cannot be undone', async () => {
    expect(await guardsOf(UNUSED, { deletes: true })).toEqual(['note irreversible']);
  });

  it('ask for more approvals where it deletes, is held, or touches an administrator', async () => {
    const approvals = async (...args: Parameters<typeof planFor>) => (await planFor(...args)).plan.approvals;
    expect(await approvals()).toBe(1);
    expect(await approvals(UNUSED, { deletes: true })).toBe(2);
    expect(await approvals([...UNUSED, able(arn('user/app'), 'identity-admin')])).toBe(2);
    expect(await approvals([awsUser('app')])).toBe(2);
  });
});
