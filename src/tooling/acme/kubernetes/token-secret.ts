import { uuid } from '../seed.ts';
import type { Manifest } from './objects.ts';

/**
 * A Secret that holds a ServiceAccount's long-lived token, with its values emptied before anybody saw them.
 * `lastUsed` is the day that the API server noted (`YYYY-MM-DD`); undefined: none since tracking began.
 */
export function tokenSecret(namespace: string, name: string, account: string, lastUsed?: string): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/service-account-token',
    metadata: {
      name,
      namespace,
      ...(lastUsed === undefined ? {} : { labels: { 'kubernetes.io/legacy-token-last-used': lastUsed } }),
      annotations: {
        'kubernetes.io/service-account.name': account,
        'kubernetes.io/service-account.uid': uuid(`ServiceAccount ${namespace}/${account}`),
      },
    },
    data: { 'ca.crt': '', namespace: '', token: '' },
  };
}
