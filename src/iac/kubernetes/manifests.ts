import type { Collector, RecognisedFile } from '#contract/collector.ts';
import { ConfigError } from '#model/errors.ts';
import type { Observation } from '#model/record.ts';
import type { Uid } from '#model/system.ts';
import { findFiles } from '#scan/find-files.ts';
import type { Importing } from '../import-exports.ts';
import type { Proposal } from '../proposal.ts';
import { aggregatedUnknowns } from './aggregated.ts';

/**
 * What manifests under a folder (or in a file) add to a cluster or put in the place of what is there. Throws ConfigError
 * that names file and line where one cannot be read, and where there are none.
 */
export async function manifestsProposal(
  path: string,
  importing: Omit<Importing, 'folder'>,
): Promise<Proposal> {
  const found = await findFiles([path]);
  const files = found.files.flatMap((file): RecognisedFile[] => {
    const kind = importing.collector.recognise(file);
    return kind === null || kind === 'kubernetes-facts' ? [] : [{ ...file, kind }];
  });
  if (files.length === 0) {
    throw new ConfigError(`${path}: holds no manifests of Kubernetes`, {
      hint: 'Charts and overlays must be rendered first: helm template, kustomize build.',
    });
  }
  const after: Observation[] = [];
  const sources = new Map<Uid, string>();
  for (const file of files) {
    // One file at a time, so that every row has one it is from.
    for (const row of await rowsOf(file, importing.collector, importing)) {
      after.push(row);
      if ('uid' in row.row) sources.set(row.row.uid, file.label);
      if (row.table === 'grants') sources.set(bindingOf(row.row.uid), file.label);
    }
  }
  const owned = new Set(after.flatMap(describedBy));
  return { before: [], after, owned, sources, unknowns: aggregatedUnknowns(after, sources) };
}

/** The binding that a grant of Kubernetes is a subject of. */
export function bindingOf(grantUid: Uid): Uid {
  return grantUid.slice(0, grantUid.includes('#') ? grantUid.indexOf('#') : undefined);
}

function describedBy({ table, row }: Observation): Uid[] {
  if (table === 'roles') return [row.uid];
  if (table === 'grants') return [bindingOf(row.uid)];
  return table === 'identities' && row.kind === 'service-account' ? [row.uid] : [];
}

async function rowsOf(
  file: RecognisedFile,
  collector: Collector,
  { of, asOf, signal }: Pick<Importing, 'of' | 'asOf' | 'signal'>,
): Promise<Observation[]> {
  const rows: Observation[] = [];
  const problems: string[] = [];
  for await (const batch of collector.importFiles([file], { asOf, nameOf: () => of, signal })) {
    for (const observation of batch) {
      if (observation.table !== 'coverage') rows.push(observation);
      else if (observation.row.call === 'import file' && /^(?:partial|failed)$/u.test(observation.row.status))
        problems.push(observation.row.detail ?? 'not understood');
    }
  }
  const [first, ...others] = [...new Set(problems)];
  if (first === undefined) return rows;
  throw new ConfigError(first, {
    hint:
      others.length > 0
        ? `Also: ${others.slice(0, 5).join(' · ')}`
        : 'Manifests must be complete: render charts and overlays first.',
  });
}
