import type { Observation } from '#model/record.ts';
import type { AccountReading } from '../account.ts';
import { listOf, memberOf, partOf, textOf, textsOf } from '../parts.ts';
import type { Reply } from '../session.ts';
import { holderRows, WORKLOADS } from './holders.ts';
import type { WorkloadList } from './workload-lists.ts';

/** Yields what one kind of workload holds for roles in one Region. */
export async function* readWorkloads(
  account: AccountReading,
  region: string,
  way: WorkloadList,
): AsyncGenerator<readonly Observation[]> {
  for await (const page of account.pages(WORKLOADS, way.list, way.input, { region })) {
    const items: readonly unknown[] = [...listOf(page, way.items), ...textsOf(page, way.items)];
    await Promise.all(items.map((item) => readOne(account, region, way, item)));
    const rows = account.intake.rows.take();
    if (rows !== null) yield rows;
  }
  if (way.describe !== null) account.follows(WORKLOADS, way.list, [way.describe.call]);
}

async function readOne(
  account: AccountReading,
  region: string,
  way: WorkloadList,
  item: unknown,
): Promise<void> {
  const described = await describe(account, region, way, item);
  if (described === null) return;
  const name = textOf(described, way.name);
  const roles = Object.entries(way.roles).map(([use, path]) => [use, textAt(described, path)] as const);
  holderRows(account, way.describe?.call ?? way.list, {
    arn: arnOf(account, region, way, described),
    name,
    kind: way.kind,
    roles: Object.fromEntries(roles),
  });
}

/** What is gone by the time that it is described is none. */
async function describe(
  account: AccountReading,
  region: string,
  { describe: how }: WorkloadList,
  item: unknown,
): Promise<unknown> {
  if (how === null) return item;
  const input = how.input(item);
  const about = String(Object.values(input)[0]);
  const reply: Reply | null = await account.call(WORKLOADS, how.call, input, { region, about, orNone: true });
  return reply === null || how.within === null ? reply : partOf(reply, how.within);
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
