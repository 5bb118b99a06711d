import { existsSync } from 'node:fs';
import { z } from 'zod';
import { kubeconfigFiles } from '#collectors/kubernetes/live/session.ts';
import { parseYaml, readTextFile } from '#config/yaml-file.ts';
import { ConfigError } from '#model/errors.ts';
import type { Io } from '../io.ts';
import type { FoundTargets, Remark } from './found.ts';

/** The names in a kubeconfig, and nothing else of it: https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/ */
const kubeconfigSchema = z.object({
  'current-context': z.string().nullish(),
  contexts: z.array(z.object({ name: z.string().min(1) })).nullish(),
});

/** The contexts that kubectl knows: the current one, and the others to choose from. */
export async function findContexts(io: Io): Promise<FoundTargets> {
  const remarks: Remark[] = [];
  const names = new Set<string>();
  let current: string | undefined;
  for (const file of kubeconfigFiles(io.env).filter((path) => existsSync(path))) {
    try {
      const config = parseYaml(await readTextFile(file), file, kubeconfigSchema);
      for (const { name } of config.contexts ?? []) names.add(name);
      // Of several files the first that names one counts, as for kubectl.
      current ??= config['current-context'] || undefined;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      remarks.push({ what: 'kubernetes', detail: error.message });
    }
  }
  const target = (context: string) => ({ system: 'kubernetes', context }) as const;
  const others = [...names].filter((name) => name !== current).toSorted();
  if (current !== undefined && !names.has(current)) {
    remarks.push({ what: 'kubernetes', detail: `the kubeconfig has no context ${current}, its current one` });
    current = undefined;
  }
  return {
    targets: current === undefined ? [] : [target(current)],
    spare: others.map(target),
    remarks,
  };
}
