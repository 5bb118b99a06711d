import type { Plain } from './files.ts';

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted */
const VOLUMES = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

type Context = Readonly<Record<string, unknown>>;

/**
 * What of a pod the restricted profile of the Pod Security Standards does not allow, in words; it includes the baseline
 * profile. Empty: the pod is admitted where a namespace enforces it.
 */
export function notRestricted(spec: Plain): string[] {
  const given = spec as unknown as Readonly<Record<string, unknown>>;
  const containers = ['containers', 'initContainers', 'ephemeralContainers'].flatMap(
    (key) => (given[key] ?? []) as Plain[],
  );
  const pod = contextOf(spec);
  return [
    ...['hostNetwork', 'hostPID', 'hostIPC'].filter((key) => given[key] === true),
    ...volumesOf(given['volumes']),
    ...sharedProblems(pod, 'pod'),
    ...containers.flatMap((container) => containerProblems(container, pod)),
  ];
}

function volumesOf(volumes: unknown): string[] {
  return ((volumes ?? []) as Context[]).flatMap((volume) =>
    Object.keys(volume).filter((key) => key !== 'name' && !VOLUMES.has(key)),
  );
}

function containerProblems(container: Plain, pod: Context): string[] {
  const own = contextOf(container);
  const name = String(container['name']);
  const { drop, add = [] } = (own['capabilities'] ?? {}) as { drop?: string[]; add?: string[] };
  const seccomp = (own['seccompProfile'] ?? pod['seccompProfile']) as { type?: string } | undefined;
  const ports = (container['ports'] ?? []) as unknown as { hostPort?: number }[];
  const problems: Readonly<Record<string, boolean>> = {
    privileged: own['privileged'] === true,
    'allowPrivilegeEscalation is not false': own['allowPrivilegeEscalation'] !== false,
    'capabilities: ALL is not dropped': drop?.includes('ALL') !== true,
    'capabilities: something is added': add.some((each) => each !== 'NET_BIND_SERVICE'),
    'runAsNonRoot is not true': (own['runAsNonRoot'] ?? pod['runAsNonRoot']) !== true,
    'seccompProfile is neither RuntimeDefault nor Localhost': !['RuntimeDefault', 'Localhost'].includes(
      seccomp?.type ?? '',
    ),
    'procMount is not the default': (own['procMount'] ?? 'Default') !== 'Default',
    hostPort: ports.some(({ hostPort = 0 }) => hostPort !== 0),
  };
  return [
    ...Object.keys(problems).filter((problem) => problems[problem] === true),
    ...sharedProblems(own, name),
  ].map((problem) => `${name}: ${problem}`);
}

/** What neither a pod nor a container may say. */
function sharedProblems(context: Context, name: string): string[] {
  const problems: Readonly<Record<string, boolean>> = {
    'runAsUser is root': context['runAsUser'] === 0,
    'runAsNonRoot is false': context['runAsNonRoot'] === false,
    'hostProcess of Windows': (context['windowsOptions'] as Context | undefined)?.['hostProcess'] === true,
    'seLinuxOptions are set': context['seLinuxOptions'] !== undefined,
    'appArmorProfile is Unconfined':
      (context['appArmorProfile'] as Context | undefined)?.['type'] === 'Unconfined',
    'seccompProfile is Unconfined':
      (context['seccompProfile'] as Context | undefined)?.['type'] === 'Unconfined',
    'sysctls are set': context['sysctls'] !== undefined,
  };
  return Object.keys(problems)
    .filter((problem) => problems[problem] === true)
    .map((problem) => `${name}: ${problem}`);
}

function contextOf(of: Plain): Context {
  return of['securityContext'] ?? {};
}
