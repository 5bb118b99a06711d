import type { LoadedConfig } from '#config/load-config.ts';
import type { System, Uid } from '#model/system.ts';
import type { Target } from '#model/target.ts';
import type { ContextOf } from '#revocation/playbooks.ts';
import type { Io } from '../io.ts';
import { liveClock } from '../live.ts';

/** Which system a scope's steps act in: by the targets under `revocation` in the configuration. */
export function actingContexts(config: LoadedConfig, io: Io): ContextOf {
  return (system, scopeUid) => {
    const target = targetFor(config.revocation.targets, system, scopeUid);
    if (target === null) return null;
    return {
      target,
      asOf: io.now().toISOString(),
      signal: io.signal,
      clock: liveClock(io),
      random: Math.random,
      environment: io.env,
      progress: () => undefined,
    };
  };
}

/**
 * The one target that covers a scope. Clusters hold the same names, so a cluster is told by its name alone; in the
 * clouds names carry their account, project or tenant, and actions check it.
 */
function targetFor(targets: readonly Target[], system: System, scopeUid: Uid): Target | null {
  const own = targets.filter((target) => target.system === system);
  const fitting = own.filter((target) => covers(target, scopeUid));
  if (fitting.length === 1) return fitting[0] ?? null;
  return system !== 'kubernetes' && own.length === 1 ? (own[0] ?? null) : null;
}

function covers(target: Target, scopeUid: Uid): boolean {
  switch (target.system) {
    case 'kubernetes':
      return scopeUid === `k8s:${target.name ?? ''}`;
    case 'aws': {
      const account = scopeUid.replace(/^aws:/u, '');
      const named = target.accounts !== 'organization' && target.accounts.includes(account);
      return named || target.roleArn?.split(':')[4] === account;
    }
    case 'gcp':
      return target.projects !== 'all' && target.projects.some((id) => scopeUid === `gcp:projects/${id}`);
    case 'azure':
      return scopeUid === `entra:${target.tenant ?? ''}` || subscriptionIn(target.subscriptions, scopeUid);
  }
}

function subscriptionIn(subscriptions: 'all' | readonly string[], scopeUid: Uid): boolean {
  return subscriptions !== 'all' && subscriptions.some((id) => scopeUid.startsWith(`/subscriptions/${id}`));
}
