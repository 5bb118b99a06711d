import type { Check, Verification } from '#revocation/verify-plan.ts';
import type { Io } from '../io.ts';
import type { CommonOptions } from '../options.ts';
import { paintFor } from '../terminal/colour.ts';
import { sanitise } from '../terminal/sanitise.ts';

const WAYS: Readonly<Record<Check['way'], string>> = {
  state: 'state',
  'decision-by-engine': 'decision, by our engine',
  'decision-by-system': 'decision, by the system',
  behaviour: 'behaviour',
};

/** A verification for people: the verdict, and what each way of looking found for each identity. */
export function verificationText(verification: Verification, options: CommonOptions, io: Io): string {
  const paint = paintFor(io, 'stdout', options.color);
  const mark = { gone: paint.green('✓'), 'still-there': paint.red('✗'), open: paint.yellow('?') };
  const good = verification.verdict === 'proved';
  return [
    (good ? paint.green : paint.red)(`Verdict: ${verification.verdict}`),
    ...verification.identities.flatMap(({ identityUid, verdict, checks }) => [
      `  ${sanitise(identityUid)}: ${verdict}`,
      ...checks.map(
        ({ way, result, detail }) => `    ${mark[result]} ${WAYS[way].padEnd(24)} ${sanitise(detail)}`,
      ),
    ]),
    '',
  ].join('\n');
}
