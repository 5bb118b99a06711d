import type { LiveContext } from '#contract/live.ts';
import type { Observation } from '#model/record.ts';
import type { GcpTarget } from '#model/target/gcp.ts';
import { coverageRow, neverRead } from '../coverage-row.ts';
import { createIntake } from '../entities/intake.ts';
import { estateOf } from '../estate.ts';
import { estateRows } from '../rows/all.ts';
import { readHierarchy } from './read-hierarchy.ts';
import { createOutcomes, type Reading, sideBySide } from './reading.ts';
import { readProject } from './read-project.ts';
import { readGroups } from './read-groups.ts';
import { readInventory, workloadCoverage } from './read-inventory.ts';
import { readOrganization, readRoles, readScope } from './read-scope.ts';
import { openSession } from './session.ts';

const BATCH = 2000;

/** Reads a target: everything first, then the rows that it makes together, as an import does. */
export async function* read(target: GcpTarget, context: LiveContext): AsyncGenerator<readonly Observation[]> {
  const reading: Reading = {
    target,
    context,
    session: openSession(target, context),
    intake: createIntake(),
    outcomes: createOutcomes(),
  };
  const places = await readHierarchy(reading);
  await sideBySide(places.above, target.concurrency, async (name) => {
    await readScope(reading, name);
    if (name.startsWith('organizations/')) await readOrganization(reading, name);
  });
  await sideBySide(places.projects, target.concurrency, (id) => readProject(reading, id));
  await readInventory(reading, places.projects);
  await readRoles(reading, null);
  const names = [...places.above, ...places.projects.map((id) => `projects/${id}`)];
  const knowsGroups = names[0] === undefined || (await readGroups(reading, `gcp:${names[0]}`));
  context.signal.throwIfAborted();
  yield* rowsOf(reading, names, knowsGroups);
  yield workloadCoverage(places.projects);
}

function* rowsOf(
  { intake, outcomes, context, target }: Reading,
  names: readonly string[],
  knowsGroups: boolean,
): Generator<readonly Observation[]> {
  const problems: string[] = [];
  const estate = estateOf(intake.holdings, (detail) => problems.push(detail));
  let batch: Observation[] = [];
  for (const row of estateRows(estate)) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    context.signal.throwIfAborted();
    yield batch;
    batch = [];
  }
  yield batch;
  yield outcomes.rows();
  yield names.flatMap((name) => [...neverRead(`gcp:${name}`, name.replace(/s\/.*$/u, ''), knowsGroups)]);
  yield problems.map((detail) => coverageRow(null, 'grants', 'live', 'partial', detail));
  if (names.length === 0)
    yield [
      coverageRow(null, null, 'live', 'failed', `${target.name}: no project or organisation can be read`),
    ];
}
