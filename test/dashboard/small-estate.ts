import type { Coverage } from '#model/scope.ts';
import { identity, grant } from '../store/records.ts';
import { dataFolder, publish } from '../store/snapshots.ts';

const role = (name: string): string => `arn:aws:iam::111111111111:role/${name}`;

/** Forty identities of four teams; the first three hold a grant. Gives the data folder. */
export async function smallEstate(...more: readonly string[]): Promise<string> {
  const folder = await dataFolder();
  await publishEstate(folder, '2026-03-01T12:00:00.000Z', more);
  return folder;
}

/** Publishes a snapshot of the same estate, with more identities where they are given; its id. */
export function publishEstate(
  folder: string,
  startedAt: string,
  more: readonly string[] = [],
): Promise<string> {
  const names = Array.from({ length: 40 }, (_, at) => `team-${at % 4}-app-${String(at).padStart(2, '0')}`);
  return publish(
    folder,
    {
      identities: [...names, ...more].map((name) => identity(role(name), { name })),
      grants: names.slice(0, 3).map((name) => grant(role(name), 'admin')),
      coverage: [
        coverage('identities', 'complete'),
        coverage('grants', 'complete'),
        coverage('credentials', 'denied'),
      ],
    },
    startedAt,
  );
}

function coverage(feed: Coverage['feed'], status: Coverage['status']): Coverage {
  const nothing = { missingPermission: null, detail: null };
  return { system: 'aws', scopeUid: 'aws:111111111111', feed, call: `list ${feed}`, status, ...nothing };
}
