import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SystemAccess, KubernetesRequest } from '#access/engine.ts';
import { kubernetesAccess } from '#access/kubernetes/index.ts';
import { importPaths } from '#test/collectors/kubernetes/importing.ts';

const DATA = join(process.cwd(), '../shared/data/kubernetes/sar');
const ALLOWED = 'RBAC: allowed by ';

/** A SubjectAccessReview with what a kube-apiserver said to it. */
interface Review {
  readonly request: KubernetesRequest;
  readonly allowed: boolean;
  readonly reason: string;
}

describe.skipIf(!existsSync(DATA))(
  'answers of a real API server (skipped where ../shared/data is missing)',
  () => {
    let access: SystemAccess<KubernetesRequest>;
    let reviews: readonly Review[];

    beforeAll(async () => {
      access = kubernetesAccess(await importPaths(join(DATA, 'estate.json')));
      const lines = (await readFile(join(DATA, 'verdicts.ndjson'), 'utf8')).split('\n');
      reviews = lines.filter((line) => line !== '').map(readReview);
    });

    it('are answered the same, 4,000 of 4,000', () => {
      const others = reviews.filter(
        ({ request, allowed }) => access.decide(request).decision !== (allowed ? 'allowed' : 'denied'),
      );
      expect(reviews).toHaveLength(4000);
      expect(others).toEqual([]);
    });

    it('are allowed for the same reason, among all that allow it', () => {
      const byBinding = reviews.filter(({ reason }) => reason.startsWith(ALLOWED));
      const others = byBinding.filter(({ request, reason }) => {
        const wanted = reason.slice('RBAC: '.length);
        return !access.decide(request).reasons.some(({ text }) => text.startsWith(wanted));
      });
      expect(byBinding.length).toBeGreaterThan(1000);
      expect(others).toEqual([]);
    });
  },
);

function readReview(line: string): Review {
  // Recorded in this form by a client of that server.
  const { user, allowed, reason, ...request } = JSON.parse(line) as Omit<Review, 'request'> &
    Omit<KubernetesRequest, 'principal'> & { readonly user: string };
  return { request: { principal: user, ...request }, allowed, reason };
}
