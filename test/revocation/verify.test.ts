import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import { ActionError, defineEvaluator, type DecisionCheck, type FormerAccess } from '#contract/action.ts';
import type { Journal } from '#revocation/journal.ts';
import { readIdentity, formerAccess } from '#revocation/read-subjects.ts';
import { verifyPlan, type Verification, type VerifyOptions } from '#revocation/verify-plan.ts';
import { able } from '../estates/access.ts';
import { arn, awsUser, used } from '../estates/aws.ts';
import { NOW, notRead, openEstate } from '../estates/estate.ts';
import { planFor, UNUSED } from './small-plan.ts';

const UID = arn('user/app');
const DONE_AT = '2026-11-20T13:00:00.000Z';
const LATER = '2026-11-20T14:00:00.000Z';

const journal = (more: Partial<Journal> = {}): Journal => ({
  planned: true,
  steps: new Map(['s1', 's2', 's3'].map((id) => [id, { open: false, outcome: 'done', time: DONE_AT }])),
  verdict: null,
  proved: false,
  ...more,
});

/** An evaluator that answers what the test says. */
const evaluatorOf = (answer: () => DecisionCheck) =>
  defineEvaluator({ system: 'aws', title: 'Simulator', permissions: [], ask: async () => answer() });

const denied = (): DecisionCheck => ({ asked: 5, denied: 5, allowed: [], unknown: [] });

interface World {
  /** Objects that the plan's steps did not reach. */
  readonly active?: readonly string[];
  readonly after?: readonly PartialRows[] | null;
  readonly evaluator?: () => DecisionCheck;
  readonly options?: Partial<VerifyOptions>;
}

async function verified({
  active = [],
  after = [awsUser('app')],
  evaluator,
  options = {},
}: World = {}): Promise<Verification> {
  const { plan, system } = await planFor();
  for (const name of ['app', 'AK1', 'AK2']) await system.put(name, { active: active.includes(name) });
  const records = await readIdentity(await openEstate(...UNUSED), UID);
  const former = new Map<string, FormerAccess>(records === null ? [] : [[UID, formerAccess(records)]]);
  const evaluators = evaluator === undefined ? [] : [evaluatorOf(evaluator)];
  return verifyPlan({
    plan,
    pack: { ...system.pack, evaluators },
    journal: journal(),
    former,
    after: after === null ? null : await openEstate(...after),
    contextOf: system.contextOf,
    now: LATER,
    ...options,
  });
}

const checksOf = ({ identities }: Verification) =>
  Object.fromEntries((identities[0]?.checks ?? []).map(({ way, result }) => [way, result]));

describe('a verification', () => {
  it('proves it where state and decision say so, and says that no log was looked at', async () => {
    const verification = await verified();
    expect(verification.verdict).toBe('proved');
    expect(checksOf(verification)).toEqual({
      state: 'gone',
      'decision-by-engine': 'gone',
      'decision-by-system': 'open',
      behaviour: 'open',
    });
    expect(verification.notChecked).toEqual([
      `${UID}: decision-by-system: the system has no evaluator to ask`,
      `${UID}: behaviour: no source has looked beyond ${DONE_AT} yet`,
    ]);
  });

  it('never takes the outcome of a step for the state of the system', async () => {
    const verification = await verified({ active: ['AK2'] });
    expect(verification.verdict).toBe('not-proved');
    expect(verification.identities[0]?.checks[0]?.detail).toContain('s2 Deactivate key AK2: came back');
  });

  it('is a regression where it was proved before', async () => {
    const options = { journal: journal({ proved: true }) };
    expect((await verified({ active: ['app'], options })).verdict).toBe('regressed');
  });

  it('is not proved where the engine still finds a capability', async () => {
    const after = [awsUser('app'), able(UID, 'data-read')];
    expect((await verified({ after })).verdict).toBe('not-proved');
  });

  it('is not proved where the system itself still allows something', async () => {
    const evaluator = () => ({ ...denied(), denied: 4, allowed: ['s3:GetObject'] });
    const verification = await verified({ evaluator });
    expect(verification.verdict).toBe('not-proved');
    expect(verification.identities[0]?.checks[2]?.detail).toContain('still allowed: s3:GetObject');
  });

  it('is not proved where logs show a use since', async () => {
    const after = [awsUser('app'), used('user/app', { lastUsedAt: LATER, windowEnd: LATER })];
    expect((await verified({ after })).verdict).toBe('not-proved');
  });

  it('counts a log that looked beyond the change and saw nothing', async () => {
    const after = [awsUser('app'), used('user/app', { lastUsedAt: NOW, windowEnd: LATER })];
    expect(checksOf(await verified({ after }))['behaviour']).toBe('gone');
  });

  it('is proved by the system’s evaluator where no snapshot was taken', async () => {
    expect((await verified({ after: null, evaluator: denied })).verdict).toBe('proved');
  });

  it('is partially proved where nobody could decide', async () => {
    expect((await verified({ after: null })).verdict).toBe('partially-proved');
    const gap = [awsUser('app'), notRead('grants', 'aws:111111111111')];
    expect((await verified({ after: gap })).verdict).toBe('partially-proved');
    const unseen = [awsUser('other'), notRead('identities', 'aws:111111111111')];
    expect((await verified({ after: unseen })).verdict).toBe('partially-proved');
    const elsewhere = await verified({ after: [] });
    expect(elsewhere.verdict).toBe('partially-proved');
    expect(elsewhere.notChecked).toContain(
      `${UID}: decision-by-engine: the snapshot did not read where it lives`,
    );
  });

  it('minds no identity that was not read where the one in question was', async () => {
    const after = [awsUser('app'), notRead('identities', 'aws:111111111111', 'partial')];
    expect((await verified({ after })).verdict).toBe('proved');
  });

  it('takes no answer, and an evaluator that could not ask everything, for open', async () => {
    const broken = () => {
      throw new ActionError('denied', 'no right to simulate', 'iam:SimulatePrincipalPolicy');
    };
    expect(checksOf(await verified({ evaluator: broken }))['decision-by-system']).toBe('open');
    const some = () => ({ ...denied(), unknown: ['a condition'] });
    expect(checksOf(await verified({ evaluator: some }))['decision-by-system']).toBe('open');
    const none = () => ({ asked: 0, denied: 0, allowed: [], unknown: [] });
    expect(checksOf(await verified({ evaluator: none }))['decision-by-system']).toBe('open');
  });

  it('is not proved by a system that is not connected', async () => {
    const verification = await verified({
      after: null,
      evaluator: denied,
      options: { contextOf: () => null },
    });
    expect(verification.verdict).toBe('not-proved');
  });
});
