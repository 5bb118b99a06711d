import type { CollectContext, RecognisedFile } from '#contract/collector.ts';
import { observe, type Observation } from '#model/record.ts';
import type { Scope } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import { coverageRow } from './coverage-row.ts';
import type { EntityKind } from './entities/entity.ts';
import { createIntake, type Intake } from './entities/intake.ts';
import { estateOf, type Estate } from './estate.ts';
import { baseName, type ListName, listInName, resourceInName } from './files/hint.ts';
import { importCoverage, type Told } from './files/import-coverage.ts';
import { valuesOf } from './files/values.ts';
import { placeOf } from './rows/bindings.ts';
import { estateRows } from './rows/all.ts';
import { stubScope } from './rows/hierarchy.ts';

const BATCH = 2000;

/** Reads all files first, since what a name stands for is told in another file than the one that uses it. */
export async function* importFiles(
  files: readonly RecognisedFile[],
  { nameOf, signal }: CollectContext,
): AsyncGenerator<readonly Observation[]> {
  if (files.length === 0) return;
  const intake = createIntake();
  const empties: { readonly list: ListName; readonly about: string }[] = [];
  for (const file of files) {
    // A policy on its own does not say what it is on: the file's name does, or that of its folder.
    const about = resourceInName(baseName(file.label)) ?? resourceInName(nameOf(file));
    let values = 0;
    for await (const each of valuesOf(file, signal)) {
      signal.throwIfAborted();
      if (each.problem !== null) intake.problem(`${each.place}: ${each.problem}`);
      else if (!isEmptyObject(each.value)) intake.add(each.value, each.place, about);
      else continue;
      values++;
    }
    const list = listInName(baseName(file.label));
    if (values === 0 && list !== null && about !== null) empties.push({ list, about });
    else if (values === 0) intake.problem(`${file.label}: an empty list, and its name does not say of what`);
  }
  const late: string[] = [];
  const estate = estateOf(intake.holdings, (detail) => late.push(detail));
  const scopes: Scope[] = [];
  let batch: Observation[] = [];
  for (const row of estateRows(estate)) {
    if (row.table === 'scopes') scopes.push(row.row);
    batch.push(row);
    if (batch.length < BATCH) continue;
    signal.throwIfAborted();
    yield batch;
    batch = [];
  }
  // Whatever an empty list is about is there, even where nothing else names it.
  const known = new Set(scopes.map(({ uid }) => uid));
  const placed = empties.flatMap(({ about }) => scopeOf(about, estate) ?? []);
  for (const uid of new Set(placed.filter((each) => !known.has(each)))) {
    const scope = stubScope(uid, new Map(), estate.naming);
    scopes.push(scope);
    batch.push(observe('scopes', scope));
  }
  yield batch;
  const problems = [...intake.problems, ...late];
  yield [...importCoverage(estate, scopes, toldBy(intake, problems, empties, estate, files))];
  // A malformed piece may be of any scope: nobody knows which.
  yield problems.map((detail) => coverageRow(null, null, 'import file', 'partial', detail));
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function scopeOf(resource: string, { naming }: Estate): Uid | null {
  return placeOf({ name: resource, ancestors: [] }, naming)?.scopeUid ?? null;
}

function toldBy(
  { holdings }: Intake,
  problems: readonly string[],
  empties: readonly { readonly list: ListName; readonly about: string }[],
  estate: Estate,
  files: readonly RecognisedFile[],
): Told {
  const empty = new Set(empties.map(({ list, about }) => `${list} ${scopeOf(about, estate) ?? ''}`));
  const kindsOf = new Map<string, Set<EntityKind>>();
  const fileOf = (place: string): string =>
    files.find(({ label }) => place.startsWith(`${label}: `))?.label ?? place;
  for (const [kind, held] of holdings) {
    for (const { place } of held) {
      const label = place.slice(0, place.lastIndexOf(': '));
      kindsOf.set(label, (kindsOf.get(label) ?? new Set()).add(kind));
    }
  }
  // What is broken is most likely of the kind that its file holds; a file that gave nothing may have held anything.
  const damaged = problems.map((detail) => ({ detail, kinds: kindsOf.get(fileOf(detail)) }));
  return {
    empty: (list, scopeUid) => empty.has(`${list} ${scopeUid}`),
    damage: (kind) => {
      const found = damaged.find(({ kinds }) => kinds === undefined || kinds.has(kind));
      return found === undefined ? null : `something in the files could not be read: ${found.detail}`;
    },
  };
}
