import { setTimeout as wait } from 'node:timers/promises';
import { CONFIG_MAPS, LIST_CALLS, pathOf } from '#collectors/kubernetes/live/calls.ts';
import { kubernetesLive } from '#collectors/kubernetes/live/index.ts';
import { KINDS } from '#collectors/kubernetes/objects/kinds.ts';
import type { CollectedRecords, Observation } from '#model/record.ts';
import type { KubernetesTarget } from '#model/target/kubernetes.ts';
import { AS_OF, listOf } from '#test/collectors/kubernetes/importing.ts';
import type { Api } from './api.ts';

/** The rows of one table of a scan. */
export type RowsOf = <T extends keyof CollectedRecords>(table: T) => readonly CollectedRecords[T][];

/** Reads a target to its end. */
export async function readLive(target: KubernetesTarget): Promise<RowsOf> {
  const observations: Observation[] = [];
  const context = {
    asOf: AS_OF,
    signal: new AbortController().signal,
    clock: { now: () => Date.now(), sleep: (milliseconds: number) => wait(milliseconds) },
    random: () => 0,
    environment: {},
    progress: () => undefined,
  };
  for await (const batch of kubernetesLive.read(target, context)) observations.push(...batch);
  return (table) =>
    // A row's type goes with its table's name.
    observations.flatMap((one) => (one.table === table ? [one.row as CollectedRecords[typeof table]] : []));
}

/** What kubectl prints of every kind that is read, file by file; of Secrets the tokens, without their values. */
export async function exportLists(api: Api): Promise<Readonly<Record<string, unknown>>> {
  const files: Record<string, unknown> = {};
  for (const call of LIST_CALLS) {
    const path = pathOf(call, null);
    const isSecret = call.kind === 'Secret';
    const query = isSecret ? '?fieldSelector=type%3Dkubernetes.io%2Fservice-account-token' : '';
    const { items = [], apiVersion } = await api.must('GET', `${path}${query}`);
    const printed = items.map((item) => {
      const { data: _values, ...rest } = item;
      return { apiVersion, kind: call.kind, ...(isSecret ? rest : item) };
    });
    files[`${KINDS[call.kind].resource}.json`] = listOf(...printed);
  }
  const named = CONFIG_MAPS.map((name) =>
    api.call('GET', `/api/v1/namespaces/kube-system/configmaps/${name}`),
  );
  const found = (await Promise.all(named)).filter(({ status }) => status === 200);
  files['configmaps.json'] = listOf(...found.map(({ body }) => body));
  return files;
}
