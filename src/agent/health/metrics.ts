import { SEVERITIES } from '#model/finding.ts';
import type { KeptSchedule } from '../keep-schedule.ts';
import type { Outbox } from '../outbox.ts';
import type { RunRecord } from '../run-record.ts';

/** What metrics are about. */
export interface Measured {
  readonly schedules: readonly Pick<KeptSchedule, 'name' | 'record'>[];
  readonly outbox: Pick<Outbox, 'waiting' | 'dead'>;
  readonly now: () => number;
  readonly toolVersion: string;
  /** How many problems were logged since the start. */
  readonly problems: () => number;
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * The metrics in the text format 0.0.4 of Prometheus
 * (https://prometheus.io/docs/instrumenting/exposition_formats/). What was never measured is left out: 0 would be a claim.
 */
export function metricsText(measured: Measured): string {
  const { schedules, outbox, now, toolVersion, problems } = measured;
  const of = (value: (record: RunRecord) => number | null): Sample[] =>
    schedules.flatMap(({ name, record }) => sample({ schedule: name }, value(record())));
  const oldest = Math.min(...outbox.waiting().map(({ createdAt }) => createdAt));
  return [
    family('nhi_build_info', 'gauge', 'The version that runs.', sample({ version: toolVersion }, 1)),
    family(
      'nhi_last_success_timestamp_seconds',
      'gauge',
      'When the last scan ended well.',
      of(({ succeeded }) => inSeconds(succeeded)),
    ),
    family(
      'nhi_last_run_timestamp_seconds',
      'gauge',
      'When the last run ended, well or not.',
      of(({ finished }) => inSeconds(finished)),
    ),
    family(
      'nhi_run_duration_seconds',
      'gauge',
      'How long the last run that ended well took.',
      of(({ seconds }) => seconds),
    ),
    family(
      'nhi_runs_total',
      'counter',
      'Runs that ended.',
      of(({ runs }) => runs),
    ),
    family(
      'nhi_run_failures_total',
      'counter',
      'Runs whose scan failed.',
      of(({ failures }) => failures),
    ),
    family(
      'nhi_runs_skipped_total',
      'counter',
      'Times that passed while a run was going on.',
      of(({ skipped }) => skipped),
    ),
    family(
      'nhi_gate_passed',
      'gauge',
      'Whether the gate passes.',
      of(({ numbers }) => (numbers === null ? null : Number(numbers.gatePassed))),
    ),
    family('nhi_findings', 'gauge', 'Findings of the last scan.', bySeverity(schedules)),
    family(
      'nhi_findings_unknown',
      'gauge',
      'Answers that cannot be given for lack of data.',
      of(({ numbers }) => numbers?.unknown ?? null),
    ),
    family(
      'nhi_drift',
      'gauge',
      'What is not as it was approved.',
      of(({ numbers }) => numbers?.drift ?? null),
    ),
    family(
      'nhi_feeds',
      'gauge',
      'Parts of the model that were looked for.',
      of(({ numbers }) => numbers?.feeds.total ?? null),
    ),
    family(
      'nhi_feeds_complete',
      'gauge',
      'Those that were read completely.',
      of(({ numbers }) => numbers?.feeds.complete ?? null),
    ),
    family('nhi_kpi', 'gauge', 'Metrics of all systems together: docs/kpi.md.', kpis(schedules)),
    family(
      'nhi_outbox_messages',
      'gauge',
      'Messages that wait for delivery.',
      sample({}, outbox.waiting().length),
    ),
    family(
      'nhi_outbox_oldest_seconds',
      'gauge',
      'Age of the oldest of them.',
      sample({}, Number.isFinite(oldest) ? Math.max(0, now() - oldest) / 1000 : 0),
    ),
    family(
      'nhi_problems_total',
      'counter',
      'Problems in the log since the start, of all kinds.',
      sample({}, problems()),
    ),
    family('nhi_outbox_dead_messages', 'gauge', 'Messages that were given up.', sample({}, outbox.dead())),
  ].join('');
}

function bySeverity(schedules: Measured['schedules']): Sample[] {
  return schedules.flatMap(({ name, record }) =>
    SEVERITIES.flatMap((severity) =>
      sample({ schedule: name, severity }, record().numbers?.findings[severity] ?? null),
    ),
  );
}

function kpis(schedules: Measured['schedules']): Sample[] {
  return schedules.flatMap(({ name, record }) =>
    (record().numbers?.kpis ?? []).flatMap((kpi) => sample({ schedule: name, kpi: kpi.name }, kpi.value)),
  );
}

function inSeconds(time: number | null): number | null {
  return time === null ? null : time / 1000;
}

function sample(labels: Sample['labels'], value: number | null): Sample[] {
  return value === null ? [] : [{ labels, value }];
}

function family(name: string, type: 'gauge' | 'counter', help: string, samples: readonly Sample[]): string {
  if (samples.length === 0) return '';
  const lines = samples.map(({ labels, value }) => `${name}${labelText(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function labelText(labels: Sample['labels']): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escape(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escape(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
