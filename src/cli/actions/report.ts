import { frameworkResult } from '#audit/framework-result.ts';
import { reports } from '#reports/index.ts';
import type { Report } from '#contract/report.ts';
import { UsageError } from '#model/errors.ts';
import type { ReportOptions } from '../commands/report.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { note, type Io } from '../io.ts';
import { compareFindings, markWaived } from '../compared-findings.ts';
import { chooseFramework } from '../framework-choice.ts';
import { readAdminWays, readTrend } from '../report/charts.ts';
import { readDetails } from '../report/details.ts';
import { readDrift } from '../report/drift.ts';
import { readReportInput } from '../report/input.ts';
import { loadRulePack } from '../rule-pack.ts';
import { onSnapshot } from '../settings.ts';
import { countWaived } from '../waived.ts';
import { writeReport } from '../report/write.ts';

interface Wanted {
  readonly report: Report;
  /** null: standard output. */
  readonly file: string | null;
}

/** `nhi report` */
export function reportAction(options: ReportOptions, io: Io): Promise<ExitCode> {
  const wanted = wantedReports(options);
  const wants = (part: NonNullable<Report['wants']>[number]): boolean =>
    wanted.some(({ report }) => report.wants?.includes(part) === true);
  return onSnapshot(options, io, async (snapshot, settings) => {
    const { config, dataDir } = settings;
    const { rules } = await loadRulePack(config, io);
    const headers = rules.map(({ header }) => header);
    const framework =
      options.framework === undefined
        ? null
        : await chooseFramework(options.framework, io, [...headers.map(({ id }) => id), ...config.disable]);
    const read = await readReportInput(snapshot, headers);
    const findings = await markWaived(read.findings, snapshot, config, io);
    const answers = {
      ...read,
      findings,
      ...(wants('adminWays') ? { adminWays: await readAdminWays(snapshot) } : {}),
      ...(wants('details') ? { details: await readDetails(snapshot) } : {}),
      ...(options.trend === undefined
        ? {}
        : { trend: await readTrend(dataDir, snapshot, options.trend, io) }),
      ...(options.drift === undefined
        ? {}
        : { drift: await readDrift(options.drift, snapshot, settings, io) }),
      ...(options.baseline === undefined
        ? {}
        : await compareFindings(findings, options.baseline, snapshot, settings, io)),
    };
    const input =
      framework === null
        ? answers
        : {
            ...answers,
            framework: frameworkResult(
              framework,
              answers.ruleResults,
              answers.coverage,
              await countWaived(snapshot, config, io),
            ),
          };
    for (const { report, file } of wanted) {
      await writeReport(report.render(input), file, io);
      if (file !== null && options.quiet !== true) await note(io, `${report.format}: ${file}`);
    }
    return EXIT.fine;
  });
}

function wantedReports(options: ReportOptions): Wanted[] {
  const extra = (options.out ?? []).map((pair) => {
    const at = pair.indexOf('=');
    if (at < 1 || at === pair.length - 1) {
      throw new UsageError(`--out ${pair}: not FORMAT=FILE`, { hint: 'For example --out html=report.html' });
    }
    return { report: byFormat(pair.slice(0, at)), file: pair.slice(at + 1) };
  });
  if (options.format === undefined && options.output === undefined && extra.length > 0) return extra;
  const format = options.format ?? formatOf(options.output) ?? 'markdown';
  return [{ report: byFormat(format), file: options.output ?? null }, ...extra];
}

function byFormat(format: string): Report {
  const report = reports.find((each) => each.format === format);
  if (report === undefined) {
    throw new UsageError(`no report format ${format}`, {
      hint: `Choose from ${reports.map((each) => each.format).join(', ')}.`,
    });
  }
  return report;
}

/** The first format whose files usually end like this one. */
function formatOf(file: string | undefined): string | null {
  return reports.find((each) => file?.endsWith(`.${each.extension}`) === true)?.format ?? null;
}
