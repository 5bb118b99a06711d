import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { collectors } from '#collectors/index.ts';
import { defaultTarget, targetsSchema } from '#config/targets.ts';
import type { Target } from '#model/target.ts';
import type { Io } from '../io.ts';
import type { FoundTargets, Remark, TargetInput } from './found.ts';
import { findContexts } from './kubeconfig.ts';

/** What this machine's own settings point to, as each collector finds it. Calls nothing over a network. */
export async function findTargets(io: Io): Promise<FoundTargets> {
  const all = await Promise.all(
    collectors.map(async ({ live }): Promise<FoundTargets> => {
      if (live === undefined) return nothing([]);
      const reader = await live();
      const found = await reader.detect({ environment: io.env, signal: io.signal });
      const parts = await Promise.all(found.map((target) => inputFrom(target, io)));
      return merged(parts);
    }),
  );
  return merged([...all, nothing(gcloudAlone(merged(all), io))]);
}

async function inputFrom(target: Target, io: Io): Promise<FoundTargets> {
  if (target.system === 'kubernetes' && !target.inCluster) return findContexts(io);
  const { kept, refused } = acceptable(fieldsOf(target));
  const remarks = refused.map((key) => ({
    what: target.system,
    detail: `${target.name ?? ''}: its ${key} is not one that can be read, and was left out`,
  }));
  return { targets: [kept], spare: [], remarks };
}

/** What of a target is not as it would be anyway. */
function fieldsOf(target: Target): TargetInput {
  const defaults = new Map(Object.entries(defaultTarget(target.system)));
  const own = Object.entries(target).filter(
    ([key, value]) => key === 'system' || JSON.stringify(value) !== JSON.stringify(defaults.get(key)),
  );
  // A target without some of what has a default is still what the configuration takes.
  return Object.fromEntries(own) as TargetInput;
}

/** A target as the configuration takes it: what the machine's settings hold may be anything. */
function acceptable(target: TargetInput): {
  readonly kept: TargetInput;
  readonly refused: readonly string[];
} {
  const result = targetsSchema.safeParse([target]);
  const refused = new Set(result.success ? [] : result.error.issues.map(({ path }) => String(path[1])));
  const kept = Object.entries(target).filter(([key]) => !refused.has(key));
  // As above: only what has a default is left out.
  return { kept: Object.fromEntries(kept) as TargetInput, refused: [...refused] };
}

/** gcloud may be signed in while programs are not: https://cloud.google.com/docs/authentication/provide-credentials-adc */
function gcloudAlone({ targets }: FoundTargets, { env }: Io): Remark[] {
  const home = env['HOME'] ?? env['USERPROFILE'] ?? '';
  const folder = env['CLOUDSDK_CONFIG'] ?? join(env['APPDATA'] ?? join(home, '.config'), 'gcloud');
  if (targets.some(({ system }) => system === 'gcp') || !existsSync(join(folder, 'configurations')))
    return [];
  const detail = 'gcloud is set up, but programs have no credentials: gcloud auth application-default login';
  return [{ what: 'gcp', detail }];
}

function nothing(remarks: readonly Remark[]): FoundTargets {
  return { targets: [], spare: [], remarks };
}

function merged(parts: readonly FoundTargets[]): FoundTargets {
  return {
    targets: parts.flatMap(({ targets }) => targets),
    spare: parts.flatMap(({ spare }) => spare),
    remarks: parts.flatMap(({ remarks }) => remarks),
  };
}
