import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ScheduleConfig } from '#config/agent/schedule.ts';
import { problemOf } from './events.ts';
import { UNFINISHED } from './files.ts';
import type { Keeping } from './options.ts';
import type { ReportConfig } from './work.ts';

/** A report that is sent is one body in memory. */
const LARGEST = 64_000_000;

/** Writes the reports of a schedule, each whole or not at all, and queues those that are sent. Says what fails. */
export async function sendReports(schedule: ScheduleConfig, snapshot: string, means: Keeping): Promise<void> {
  for (const report of schedule.reports) {
    try {
      await (report.file === undefined
        ? queue(schedule, report, snapshot, means)
        : write(schedule, report, report.file, snapshot, means));
      const to = report.file ?? report.to ?? '';
      means.log({ event: 'report', schedule: schedule.name, format: report.format, to });
    } catch (error) {
      const what = `the ${report.format} report of ${schedule.name}`;
      means.log({ event: 'problem', what, problem: problemOf(error) });
    }
  }
}

async function write(
  schedule: ScheduleConfig,
  report: ReportConfig,
  file: string,
  snapshot: string,
  { files, work }: Keeping,
): Promise<void> {
  const unfinished = `${file}${UNFINISHED}`;
  try {
    await work.writeReport(schedule, report, snapshot, unfinished);
    await files.move(unfinished, file);
  } finally {
    await files.remove(unfinished);
  }
}

async function queue(
  schedule: ScheduleConfig,
  report: ReportConfig,
  snapshot: string,
  { files, folder, now, outbox, work }: Keeping,
): Promise<void> {
  const channel = report.to ?? '';
  const series = `report ${schedule.name} ${report.format} ${report.framework ?? ''} ${channel}`;
  const id = createHash('sha256').update(`${series} ${snapshot}`).digest('hex').slice(0, 32);
  const unfinished = join(folder, `${id}${UNFINISHED}`);
  try {
    const contentType = await work.writeReport(schedule, report, snapshot, unfinished);
    const body = (await files.read(unfinished)) ?? '';
    if (body.length > LARGEST) throw new Error(`too large to be sent: ${body.length} characters`);
    const subject = `nhi ${schedule.name}: ${report.format} report of ${snapshot}`;
    await outbox.put({
      version: 1,
      id,
      channel,
      schedule: schedule.name,
      createdAt: now(),
      subject,
      text: null,
      contentType,
      body,
      series,
    });
  } finally {
    await files.remove(unfinished);
  }
}
