import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { approve, checkApprovals, type Approval, type Approver } from '#revocation/approvals.ts';
import { awsUser } from '../estates/aws.ts';
import { NOW } from '../estates/estate.ts';
import { newKey } from '../ledger/ledger-for-test.ts';
import { planFor, POLICY, UNUSED } from './small-plan.ts';

const keys = { ada: newKey(), ben: newKey() };
const approvers: Approver[] = Object.entries(keys).map(([name, key]) => ({
  name,
  key: createPublicKey(key),
}));

async function approved(
  rows = UNUSED,
  names: readonly ('ada' | 'ben')[] = ['ada'],
  overrules: readonly 'use-unknown'[] = [],
) {
  const { plan } = await planFor(rows);
  const approvals = names.map((approver) =>
    approve(plan, { approver, overrules, time: NOW, key: keys[approver] }),
  );
  return { plan, approvals };
}

describe('approvals', () => {
  it('let a plan pass that somebody else than its requester signed', async () => {
    const { plan, approvals } = await approved();
    expect(() => checkApprovals(plan, approvals, approvers)).not.toThrow();
  });

  it('refuse a plan without enough of them, and count nobody twice', async () => {
    const { plan, approvals } = await approved();
    expect(() => checkApprovals(plan, [], approvers)).toThrow('needs 1 approvals and has 0');
    const two = { ...plan, approvals: 2 };
    const [one] = approvals.map((each) => approve(two, { ...each, key: keys.ada }));
    expect(() => checkApprovals(two, [one, one] as Approval[], approvers)).toThrow(
      'needs 2 approvals and has 1',
    );
  });

  it('refuse one by the requester, at signing and at applying', async () => {
    const { plan, approvals } = await approved();
    const own = { approver: ' Requester', overrules: [], time: NOW, key: keys.ada };
    expect(() => approve(plan, own)).toThrow('asked for this revocation');
    const stolen = { ...approvals[0], approver: 'requester' } as Approval;
    expect(() => checkApprovals(plan, [stolen], approvers)).toThrow('by who asked for it');
  });

  it('refuse one for another digest: a plan that was edited after it was approved', async () => {
    const { plan, approvals } = await approved();
    const edited = { ...plan, steps: plan.steps.slice(1) };
    expect(() => checkApprovals(edited, approvals, approvers)).toThrow('is for another plan');
  });

  it('refuse a signature that does not fit, another key, and somebody who may not approve', async () => {
    const { plan, approvals } = await approved();
    const [good] = approvals;
    const forged = { ...good, overrules: ['in-use'] } as Approval;
    expect(() => checkApprovals(plan, [forged], approvers)).toThrow('signature that does not fit');
    const otherKey = approve(plan, { approver: 'ada', overrules: [], time: NOW, key: newKey() });
    expect(() => checkApprovals(plan, [otherKey], approvers)).toThrow('by nobody who may approve');
    const stranger = approve(plan, { approver: 'eve', overrules: [], time: NOW, key: keys.ada });
    expect(() => checkApprovals(plan, [stranger], approvers)).toThrow('by nobody who may approve');
  });

  it('release a plan that is held only where the guard is overruled', async () => {
    const rows = [awsUser('app')];
    const held = await approved(rows, ['ada', 'ben']);
    expect(() => checkApprovals(held.plan, held.approvals, approvers)).toThrow(
      'no source says when it was last used',
    );
    const released = await approved(rows, ['ada', 'ben'], ['use-unknown']);
    expect(() => checkApprovals(released.plan, released.approvals, approvers)).not.toThrow();
  });

  it('cannot release a plan that is refused', async () => {
    const { plan } = await planFor(UNUSED, { policy: { ...POLICY, breakGlass: ['app'] } });
    expect(() =>
      approve(plan, { approver: 'ada', overrules: ['break-glass'], time: NOW, key: keys.ada }),
    ).toThrow('nobody can approve it');
  });
});
