import type { ActingContext, Parameters, Subject } from '#contract/action.ts';
import { textOf } from '../shared/parameter.ts';
import type { WriteHttp } from '../shared/write-http.ts';
import { inCluster } from './cluster.ts';
import { isOwn, placeIn } from './own.ts';
import { objectPath } from './path.ts';

/** Cluster, namespace and name of a ServiceAccount of the customer's own; null: the row is of something else. */
export function accountParameters({ table, row }: Subject): Parameters | null {
  if (table !== 'identities' || row.kind !== 'service-account' || !isOwn(row)) return null;
  return placeIn(row);
}

/** `namespace/name`, for people. */
export function accountName(parameters: Parameters): string {
  return `${textOf(parameters, 'namespace')}/${textOf(parameters, 'name')}`;
}

/** Runs `work` with the API server that has the ServiceAccount and with its path. Throws ActionError. */
export async function onAccount<T>(
  parameters: Parameters,
  verb: string,
  context: ActingContext,
  work: (http: WriteHttp, path: string) => Promise<T>,
): Promise<T> {
  const path = objectPath(
    '/api/v1',
    'serviceaccounts',
    textOf(parameters, 'namespace'),
    textOf(parameters, 'name'),
  );
  const permission = `${verb} serviceaccounts`;
  return inCluster(textOf(parameters, 'cluster'), permission, context, (http) => work(http, path));
}
