import type { Observation } from '#model/record.ts';
import type { AccountReading } from '../account.ts';
import { listOf, memberOf, partOf, textOf, textsOf } from '../parts.ts';
import { holderRows, WORKLOADS } from './holders.ts';
import type { Describe, WorkloadList } from './workload-lists.ts';

/** Yields what one kind of workload holds for roles in one Region. */
export async function* readWorkloads(
  account: AccountReading,
  region: string,
  way: WorkloadList,
): AsyncGenerator<readonly Observation[]> {
  for await (const page of account.pages(WORKLOADS, way.list, way.input ?? {}, { region })) {
    const items: readonly unknown[] = [...listOf(page, way.items), ...textsOf(page, way.items)];
    await Promise.all(items.map((item) => readOne(account, region, way, item)));
    const rows = account.intake.rows.take();
    if (rows !== null) yield rows;
  }
  if (way.describe !== undefined) account.follows(WORKLOADS, way.list, [way.describe.call]);
}

async function readOne(
  account: AccountReading,
  region: string,
  way: WorkloadList,
  item: unknown,
): Promise<void> {
  const described = way.describe === undefined ? item : await describe(account, region, way.describe, item);
  if (described === null) return;
  const members = typeof way.roles === 'string' ? { '': way.roles } : way.roles;
  const roles = Object.entries(members).map(([use, path]) => [use, textAt(described, path)] as const);
  holderRows(account, way.describe?.call ?? way.list, {
    arn: arnOf(account, region, way, described),
    name: textOf(described, way.name),
    kind: way.kind,
    roles: Object.fromEntries(roles),
  });
}

/** What is gone by the time that it is described is none. */
async function describe(
  account: AccountReading,
  region: string,
  { call, by, from = by, within }: Describe,
  item: unknown,
): Promise<unknown> {
  const about = typeof item === 'string' ? item : (textOf(item, from) ?? '');
  const reply = await account.call(WORKLOADS, call, { [by]: about }, { region, about, orNone: true });
  return reply === null || within === undefined ? reply : partOf(reply, within);
}

function arnOf(
  { partition, id }: AccountReading,
  region: string,
  { arn, name }: WorkloadList,
  described: unknown,
): string | null {
  if (typeof arn === 'string') return textOf(described, arn);
  const called = textOf(described, name);
  return called === null ? null : `arn:${partition}:${arn.service}:${region}:${id}:${arn.type}/${called}`;
}

function textAt(value: unknown, path: string): string | null {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  return textOf(keys.reduce(memberOf, value), last);
}
