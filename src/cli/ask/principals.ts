import { implicitGroups, userUid } from '#access/kubernetes/names.ts';
import type { KubernetesRequest } from '#access/engine.ts';
import type { Uid } from '#model/system.ts';
import { clusterGroupUid } from '#model/uid.ts';
import type { Reader } from '#store/reader.ts';
import type { Question } from './question.ts';

/** Every uid under which grants to the asker of a question can stand: its own and, for a cluster, its groups'. */
export async function principalUids(reader: Reader, question: Question): Promise<Uid[]> {
  if (question.system !== 'kubernetes') return [question.request.principal];
  const clusters = await reader.all<{ uid: string; name: string }>(
    `SELECT uid, name FROM scopes WHERE system = 'kubernetes' AND kind = 'cluster'`,
  );
  return clusters.flatMap(({ name }) => uidsIn(name, question.request));
}

function uidsIn(cluster: string, { principal, groups }: KubernetesRequest): Uid[] {
  const user = userOf(cluster, principal);
  if (user === null) return [];
  return [
    userUid(cluster, user),
    ...(groups ?? implicitGroups(user)).map((group) => clusterGroupUid(cluster, group)),
  ];
}

/** The user name behind a principal, which may be a uid of this cluster; null for a uid of another. */
function userOf(cluster: string, principal: string): string | null {
  if (!principal.startsWith('k8s:')) return principal;
  const own = principal.startsWith(`k8s:${cluster}:`) ? principal.slice(`k8s:${cluster}:`.length) : null;
  if (own === null) return null;
  const account = /^serviceaccount:([^/]+)\/(.+)$/u.exec(own);
  if (account !== null) return `system:serviceaccount:${account[1] ?? ''}:${account[2] ?? ''}`;
  return own.startsWith('user:') ? own.slice('user:'.length) : own;
}
