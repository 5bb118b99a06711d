import { buildEstate, type Estate } from '#access/aws/estate.ts';
import { resolvePrincipal, type Principal } from '#access/aws/principal.ts';
import { emptyPrincipalSets, fillPrincipalSets } from '#access/aws/sets/principal-sets.ts';
import { awsEstate } from './aws-estate.ts';
import { bigIntSets, toBigInt } from './aws-bigint.ts';
import type { BenchLine } from './bench-line.ts';

const PRINCIPALS = 10_000;
const ROUNDS = 7;

/** What each of 10,000 principals can do, for every action of AWS: the sets warm, and against the same with BigInt. */
export async function run(): Promise<readonly BenchLine[]> {
  const records = awsEstate(PRINCIPALS, 42);
  const estate = buildEstate(records, { asOf: '2026-06-01T00:00:00.000Z' });
  const principals = records.identities.flatMap(({ uid }) => resolvePrincipal(estate, uid) ?? []);
  if (principals.length !== PRINCIPALS) throw new Error(`${principals.length} principals were found.`);
  check(estate, principals);

  let ours = Infinity;
  let theirs = Infinity;
  // In turn, so that a busy machine is busy for both.
  for (let round = 0; round < ROUNDS; round += 1) {
    ours = Math.min(
      ours,
      seconds(() => fillAll(estate, principals)),
    );
    theirs = Math.min(
      theirs,
      seconds(() => principals.forEach((principal) => bigIntSets(estate, principal))),
    );
  }
  return [
    {
      name: 'every AWS action for 10,000 principals, warm',
      value: PRINCIPALS / ours,
      limit: 20_000,
      better: 'higher',
      unit: 'principals/s',
    },
    { name: 'the same against BigInt sets', value: theirs / ours, limit: 2, better: 'higher', unit: '×' },
  ];
}

function fillAll(estate: Estate, principals: readonly Principal[]): void {
  const sets = emptyPrincipalSets();
  for (const principal of principals) fillPrincipalSets(estate, principal, sets);
}

/** Both ways come to the same sets, which also warms them. */
function check(estate: Estate, principals: readonly Principal[]): void {
  const sets = emptyPrincipalSets();
  for (const principal of principals) {
    fillPrincipalSets(estate, principal, sets);
    const big = bigIntSets(estate, principal);
    for (const strength of ['yes', 'firm', 'maybe'] as const) {
      if (toBigInt(sets[strength]) !== big[strength])
        throw new Error(`${principal.name} differs in ${strength}.`);
    }
  }
}

function seconds(work: () => void): number {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
}
