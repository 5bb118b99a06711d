import { buildEstate, type Estate } from '#access/aws/estate.ts';
import { resolvePrincipal, type Principal } from '#access/aws/principal.ts';
import { effectsOn, type Effects } from '#access/aws/sets/effects.ts';
import {
  applyEffects,
  emptyPrincipalSets,
  fillPrincipalSets,
  principalContext,
} from '#access/aws/sets/principal-sets.ts';
import { applyToBigInts, toBigInt } from './aws-bigint.ts';
import { awsEstate } from './aws-estate.ts';
import type { BenchLine } from './bench-line.ts';

const PRINCIPALS = 10_000;
const ROUNDS = 9;

/**
 * What each of 10,000 principals can do, for every action of AWS, warm: from the records to the sets, and the work on
 * the sets alone against the same work on BigInts.
 */
export async function run(): Promise<readonly BenchLine[]> {
  const records = awsEstate(PRINCIPALS, 42);
  const estate = buildEstate(records, { asOf: '2026-06-01T00:00:00.000Z' });
  const principals = records.identities.flatMap(({ uid }) => resolvePrincipal(estate, uid) ?? []);
  if (principals.length !== PRINCIPALS) throw new Error(`${principals.length} principals were found.`);
  const effects = principals.map((principal) =>
    effectsOn(estate, principal, principalContext(estate, principal)),
  );
  check(effects);

  const sets = emptyPrincipalSets();
  const best = { whole: Infinity, ours: Infinity, theirs: Infinity };
  // In turn, so that a busy machine is busy for all of them.
  for (let round = 0; round < ROUNDS; round += 1) {
    best.whole = Math.min(
      best.whole,
      seconds(() => fillAll(estate, principals)),
    );
    best.ours = Math.min(
      best.ours,
      seconds(() => effects.forEach((effect) => applyEffects(effect, sets))),
    );
    best.theirs = Math.min(
      best.theirs,
      seconds(() => effects.forEach((effect) => applyToBigInts(effect))),
    );
  }
  return [
    {
      name: 'every AWS action for 10,000 principals, warm',
      value: PRINCIPALS / best.whole,
      limit: 20_000,
      better: 'higher',
      unit: 'principals/s',
    },
    {
      name: 'the sets against BigInt sets',
      value: best.theirs / best.ours,
      limit: 2,
      better: 'higher',
      unit: '×',
    },
  ];
}

function fillAll(estate: Estate, principals: readonly Principal[]): void {
  const sets = emptyPrincipalSets();
  for (const principal of principals) fillPrincipalSets(estate, principal, sets);
}

/** Both ways come to the same sets, which also warms them. */
function check(effects: readonly Effects[]): void {
  const sets = emptyPrincipalSets();
  for (const effect of effects) {
    applyEffects(effect, sets);
    const big = applyToBigInts(effect);
    for (const strength of ['yes', 'firm', 'maybe'] as const) {
      if (toBigInt(sets[strength]) !== big[strength]) throw new Error(`The sets differ in ${strength}.`);
    }
  }
}

function seconds(work: () => void): number {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
}
