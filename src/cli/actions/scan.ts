import { UsageError } from '#model/errors.ts';
import type { Instant } from '#model/system.ts';
import type { ScanCommandOptions } from '../commands/scan.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { print, type Io } from '../io.ts';
import { performScan } from '../perform-scan.ts';
import { loadSettings } from '../settings.ts';
import { summaryText } from './scan-summary.ts';

/** `nhi scan` */
export async function scanAction(options: ScanCommandOptions, io: Io): Promise<ExitCode> {
  const settings = await loadSettings(options, io);
  const { asOf, ...request } = options;
  const summary = await performScan(
    { ...request, ...(asOf === undefined ? {} : { asOf: instant(asOf) }) },
    settings,
    io,
  );
  const text =
    options.format === 'json' ? `${JSON.stringify(summary, null, 2)}\n` : summaryText(summary, options, io);
  await print(io, text);
  return options.requireComplete === true && summary.gaps.length > 0 ? EXIT.incomplete : EXIT.fine;
}

/** A date or time as the user wrote it; a date alone is its first moment in UTC. */
function instant(text: string): Instant {
  const time = /^\d{4}-\d{2}-\d{2}/u.test(text) ? new Date(text) : new Date(NaN);
  if (Number.isNaN(time.getTime())) {
    throw new UsageError(`--as-of ${text}: not a date or time`, {
      hint: 'Write it as 2026-11-20 or 2026-11-20T08:00:00Z.',
    });
  }
  return time.toISOString();
}
