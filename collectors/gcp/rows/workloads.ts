import { observe, type Observation } from '#model/record.ts';
import { gcpMemberUid } from '#model/uid.ts';
import type { Estate } from '../estate.ts';
import { labelsOf, listOf, objectOf, textOf } from '../fields.ts';
import { environmentOf } from '#collectors/shared/environment.ts';

/** Instances of Compute Engine by the service accounts that they run as. */
export function* workloadRows({ holdings, naming, hierarchy }: Estate): Generator<Observation> {
  for (const { name, fields, ancestors } of holdings.get('instance') ?? []) {
    const link = textOf(fields, 'selfLink') ?? name;
    const project = /\/projects\/([^/]+)\//u.exec(link)?.[1] ?? ancestors[0]?.replace(/^projects\//u, '');
    if (project === undefined) continue;
    const scopeUid = naming.scopeUid(`projects/${project}`);
    for (const each of listOf(fields, 'serviceAccounts')) {
      const email = textOf(objectOf(each), 'email')?.toLowerCase();
      if (email === undefined) continue;
      yield observe('workloads', {
        uid: `gcp:${link.replace(/^https:\/\/[^/]+\/(?:compute\/)?[^/]+\//u, '')}`,
        system: 'gcp',
        scopeUid,
        identityUid: gcpMemberUid(`serviceAccount:${email}`),
        kind: 'compute-instance',
        name: textOf(fields, 'name') ?? name,
        environment:
          environmentOf(labelsOf(fields, 'labels')) ?? hierarchy.scopes.get(scopeUid)?.environment ?? null,
      });
    }
  }
}
