import type { Collector, ImportFile, RecognisedFile } from '#contract/collector.ts';
import { CollectError } from '#model/errors.ts';
import type { Coverage } from '#model/scope.ts';
import type { Instant, System } from '#model/system.ts';
import type { Staging } from '#store/reader.ts';
import type { FoundFiles } from './find-files.ts';
import type { Progress } from './progress.ts';
import { writeObservations } from './write-observations.ts';

/** A collector with the files that it recognised. */
export interface Assignment {
  readonly collector: Collector;
  readonly files: readonly RecognisedFile[];
}

/** Who reads what; files that nobody understands are left over. */
export interface Assigned {
  readonly assignments: readonly Assignment[];
  readonly unrecognised: readonly ImportFile[];
}

/** Gives every file to the first collector that recognises its content. */
export function assignFiles(files: readonly ImportFile[], collectors: readonly Collector[]): Assigned {
  const byCollector = new Map<Collector, RecognisedFile[]>(collectors.map((collector) => [collector, []]));
  const unrecognised: ImportFile[] = [];
  for (const file of files) {
    const match = recogniser(file, collectors);
    if (match === null) unrecognised.push(file);
    else byCollector.get(match.collector)?.push({ ...file, kind: match.kind });
  }
  const assignments = [...byCollector].map(([collector, own]) => ({ collector, files: own }));
  return { assignments: assignments.filter(({ files: own }) => own.length > 0), unrecognised };
}

function recogniser(
  file: ImportFile,
  collectors: readonly Collector[],
): { collector: Collector; kind: string } | null {
  for (const collector of collectors) {
    const kind = collector.recognise(file);
    if (kind !== null) return { collector, kind };
  }
  return null;
}

export interface CollectOptions {
  readonly staging: Staging;
  readonly found: FoundFiles;
  readonly assigned: Assigned;
  readonly asOf: Instant;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/**
 * Reads every assigned file into the staging snapshot. What a collector cannot read is coverage; a collector that
 * breaks loses only its own system's remainder, which is said in coverage. Throws only when aborted.
 */
export async function collect(options: CollectOptions): Promise<void> {
  const { staging, found, assigned, progress } = options;
  await staging.write('coverage', leftOver(found, assigned));
  for (const { collector, files } of assigned.assignments) {
    progress({ kind: 'system', system: collector.system, files: files.length });
    try {
      await collectSystem(collector, files, options);
    } catch (error) {
      if (options.signal.aborted) throw error;
      await staging.write('coverage', [broken(collector.system, error)]);
    }
  }
}

async function collectSystem(
  collector: Collector,
  files: readonly RecognisedFile[],
  { staging, found, asOf, signal, progress }: CollectOptions,
): Promise<void> {
  const context = { asOf, nameOf: found.nameOf, signal };
  await writeObservations(collector.importFiles(files, context), { staging, progress, signal });
}

function leftOver({ passedOver }: FoundFiles, { unrecognised }: Assigned): Coverage[] {
  const row = (detail: string): Coverage => ({
    system: null,
    scopeUid: null,
    feed: null,
    call: 'import file',
    status: 'skipped',
    missingPermission: null,
    detail,
  });
  return [
    ...passedOver.map(({ label, reason }) => row(`${label}: ${reason}`)),
    ...unrecognised.map(({ label }) => row(`${label}: not a file that any collector understands`)),
  ];
}

function broken(system: System, error: unknown): Coverage {
  const why = error instanceof CollectError ? error.message : `the collector broke: ${String(error)}`;
  return {
    system,
    scopeUid: null,
    feed: null,
    call: 'import',
    status: 'failed',
    missingPermission: null,
    detail: why,
  };
}
