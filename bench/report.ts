import { CREDENTIAL_AGE_DAYS, type IdentityDetails, type ReportInput } from '#contract/report.ts';
import { htmlReport } from '#reports/html/index.ts';
import { jsonReport } from '#reports/json/index.ts';
import { largeInput } from '#test/reports/hostile.ts';
import type { BenchLine } from './bench-line.ts';

const FINDINGS = 10_000;
const ROUNDS = 3;

/** The html report of 10,000 findings and identities with everything that it draws: its time and its size. */
export async function run(): Promise<readonly BenchLine[]> {
  const input = estate(FINDINGS);
  let page = '';
  const html = fastest(() => {
    page = htmlReport.render(input);
  });
  if (!page.includes('"findingsLeft":0')) throw new Error('the page leaves findings out');
  const json = fastest(() => {
    for (const piece of jsonReport.render(input)) if (piece === '') throw new Error('an empty piece');
  });
  return Promise.resolve([
    { name: `html of ${FINDINGS} findings`, value: html, limit: 3, better: 'lower', unit: 's' },
    {
      name: 'size of that page',
      value: Buffer.byteLength(page) / 1e6,
      limit: 15,
      better: 'lower',
      unit: 'MB',
    },
    { name: 'json of the same, against html', value: json / html, limit: 2, better: 'lower', unit: '×' },
  ]);
}

function estate(count: number): ReportInput {
  const input = largeInput(count);
  return {
    ...input,
    details: input.identities.map(({ uid }) => detailsOf(uid)),
    credentialAges: [{ kind: 'access-key', counts: [...CREDENTIAL_AGE_DAYS.map(() => 1000), 1], unknown: 0 }],
  };
}

function detailsOf(uid: string): IdentityDetails {
  const scopeUid = 'aws:100000000000';
  return {
    uid,
    credentials: [],
    grants: [
      {
        kind: 'attached-policy',
        state: 'active',
        scopeUid,
        resourceUid: null,
        role: 'WorkloadPolicy',
        group: null,
      },
    ],
    usages: [],
  };
}

function fastest(work: () => void): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    work();
    best = Math.min(best, (performance.now() - started) / 1000);
  }
  return best;
}
