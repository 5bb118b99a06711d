import { describe, expect, it } from 'vitest';
import { yamlOf, type Plain } from './files.ts';
import { notRestricted } from './pod-security.ts';

const pod = () =>
  structuredClone(yamlOf('deploy/kubernetes/base/deployment.yaml')['spec']?.['template']?.['spec']) as Plain;

/** A pod that is as it should be, with one value somewhere replaced. */
function changed(path: string, value: unknown): Plain {
  const spec = pod();
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let at = spec as unknown as Record<string, unknown>;
  for (const key of keys) at = at[key] as Record<string, unknown>;
  at[last] = value;
  return spec;
}

describe('the check of pods against the restricted profile', () => {
  it.each([
    ['hostNetwork', true],
    ['hostPID', true],
    ['volumes.0', { name: 'config', hostPath: { path: '/' } }],
    ['securityContext.runAsUser', 0],
    ['securityContext.runAsNonRoot', undefined],
    ['securityContext.seccompProfile', undefined],
    ['securityContext.seccompProfile', { type: 'Unconfined' }],
    ['securityContext.sysctls', [{ name: 'kernel.msgmax', value: '1' }]],
    ['containers.0.securityContext', undefined],
    ['containers.0.securityContext.privileged', true],
    ['containers.0.securityContext.runAsUser', 0],
    ['containers.0.securityContext.runAsNonRoot', false],
    ['containers.0.securityContext.allowPrivilegeEscalation', undefined],
    ['containers.0.securityContext.capabilities.drop', ['NET_RAW']],
    ['containers.0.securityContext.capabilities.add', ['SYS_ADMIN']],
    ['containers.0.securityContext.procMount', 'Unmasked'],
    ['containers.0.ports.0.hostPort', 9479],
    ['initContainers', [{ name: 'init' }]],
  ])('finds fault with %s: %j', (path, value) => {
    expect(notRestricted(pod())).toEqual([]);
    expect(notRestricted(changed(path, value))).not.toEqual([]);
  });
});
