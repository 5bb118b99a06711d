import type { BecomeEdge } from '#model/entitlement.ts';
import type { Uid } from '#model/system.ts';
import { federatedSubjectUid } from '#model/uid.ts';
import type { Staging } from '#store/reader.ts';

/** The tag of a cluster's scope that names the issuer of its ServiceAccount tokens. */
const ISSUER_TAG = 'oidc-issuer';

interface Account {
  readonly uid: Uid;
  readonly issuer: string;
  /** `system:serviceaccount:<namespace>:<name>` */
  readonly subject: string;
}

interface Subject {
  readonly uid: Uid;
  readonly issuer: string;
  readonly pattern: string;
}

/**
 * Joins clusters to clouds: writes an edge from every ServiceAccount to the subjects of its cluster's issuer that a
 * cloud trusts and that it is, by name or by wildcard. A claim by the cluster (an annotation) alone gives no edge.
 */
export async function deriveFederation(staging: Staging): Promise<void> {
  await joinGoogle(staging);
  await joinPodIdentities(staging);
  const subjects = await readSubjects(staging);
  if (subjects.length === 0) return;
  const edges: BecomeEdge[] = [];
  const byName = new Map(subjects.map((subject) => [subject.uid, subject]));
  const wild = subjects.filter(({ pattern }) => /[*?]/u.test(pattern));
  for (const account of await readAccounts(staging)) {
    const exact = byName.get(federatedSubjectUid(account.issuer, account.subject));
    const matching = wild.filter(
      (each) => each.issuer === account.issuer && matches(each.pattern, account.subject),
    );
    for (const { uid } of exact === undefined ? matching : [exact, ...matching])
      edges.push(edge(account.uid, uid));
  }
  await staging.write('edges', edges);
}

/**
 * Google Cloud names a ServiceAccount by its cluster's project, which a cluster of GKE has in its issuer. Where the issuer
 * is not known and the cluster claims the very service account that trusts such a name, both sides agree but for the
 * project: conditional (https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity).
 */
async function joinGoogle(staging: Staging): Promise<void> {
  const columns = ['from_uid', 'to_uid', 'via', 'permissions', 'certainty', 'evidence'];
  await staging.insertSelect(
    'edges',
    columns,
    `WITH named AS (${GOOGLE_NAMES}),
     accounts AS (
       SELECT i.uid, regexp_extract(i.uid, ':serviceaccount:(.+)$', 1) AS account,
         regexp_extract(json_extract_string(s.tags, '$."${ISSUER_TAG}"'),
           '^(?:https://)?container\\.googleapis\\.com/v1/projects/([^/]+)/', 1) AS project
       FROM identities i JOIN scopes s ON s.uid = i.scope_uid
       WHERE i.system = 'kubernetes' AND i.kind = 'service-account'
     )
     SELECT DISTINCT a.uid, n.uid, 'service-account-token', []::VARCHAR[], 'certain', []::VARCHAR[]
     FROM accounts a JOIN named n ON n.project = a.project AND n.account = a.account`,
  );
  await staging.insertSelect(
    'edges',
    columns,
    `WITH named AS (${GOOGLE_NAMES})
     SELECT DISTINCT t.trusted, n.uid, 'service-account-token', []::VARCHAR[], 'conditional', [t.uid]
     FROM trusts t JOIN edges e ON e.to_uid = t.identity_uid JOIN named n ON n.uid = e.from_uid
     WHERE t.certainty = 'claimed' AND n.account = regexp_extract(t.trusted, ':serviceaccount:(.+)$', 1)
       AND NOT EXISTS (FROM edges known WHERE known.from_uid = t.trusted AND known.to_uid = n.uid)`,
  );
}

/**
 * An association of EKS Pod Identity names its cluster by ARN, which is what `aws eks update-kubeconfig` calls it. Where
 * only the name is the same, another cluster may have it: conditional, and one with another issuer is another. Clusters with
 * the association's own issuer are joined by that.
 */
async function joinPodIdentities(staging: Staging): Promise<void> {
  await staging.insertSelect(
    'edges',
    ['from_uid', 'to_uid', 'via', 'permissions', 'certainty', 'evidence'],
    `WITH associations AS (
       SELECT uid, trusted, identity_uid,
         json_extract_string(condition, '$.StringEquals."aws:RequestTag/eks-cluster-arn"') AS cluster,
         regexp_extract(trusted, '^oidc:(.+):system:serviceaccount:[^:]+:[^:]+$', 1) AS issuer,
         regexp_replace(regexp_extract(trusted, ':system:serviceaccount:([^:]+:[^:]+)$', 1), ':', '/') AS account
       FROM trusts WHERE mechanism = 'eks-auth:AssumeRoleForPodIdentity'
     ),
     clusters AS (
       SELECT uid, name, regexp_replace(json_extract_string(tags, '$."${ISSUER_TAG}"'), '^https://', '') AS issuer
       FROM scopes WHERE system = 'kubernetes' AND kind = 'cluster'
     )
     SELECT DISTINCT i.uid, a.trusted, 'service-account-token', []::VARCHAR[],
       CASE WHEN c.name = a.cluster THEN 'certain' ELSE 'conditional' END, [a.uid]
     FROM associations a
     JOIN edges e ON e.from_uid = a.trusted AND e.to_uid = a.identity_uid
     JOIN clusters c ON c.name IN (a.cluster, regexp_extract(a.cluster, ':cluster/(.+)$', 1))
     JOIN identities i ON i.uid = c.uid || ':serviceaccount:' || a.account
     WHERE c.issuer IS NULL OR (c.issuer <> a.issuer AND c.name = a.cluster)`,
  );
}

/** The old and the new name of a ServiceAccount of GKE, with the project and `namespace/name` in them. */
const GOOGLE_NAMES = `
  SELECT uid, regexp_extract(uid, '^gcp:serviceAccount:([^\\[]+)\\.svc\\.id\\.goog\\[', 1) AS project,
    regexp_extract(uid, '\\[([^\\]]+)\\]$', 1) AS account
  FROM (SELECT from_uid AS uid FROM edges UNION SELECT uid FROM identities)
  WHERE regexp_matches(uid, '^gcp:serviceAccount:[^\\[]+\\.svc\\.id\\.goog\\[[^/]+/[^/]+\\]$')
  UNION ALL
  SELECT uid, regexp_extract(uid, '/workloadIdentityPools/([^/]+)\\.svc\\.id\\.goog/', 1),
    regexp_replace(uid, '^.*/subject/ns/([^/]+)/sa/([^/]+)$', '\\1/\\2')
  FROM (SELECT from_uid AS uid FROM edges UNION SELECT uid FROM identities)
  WHERE regexp_matches(uid, '^gcp:principal://.*/workloadIdentityPools/[^/]+\\.svc\\.id\\.goog/subject/ns/[^/]+/sa/[^/]+$')`;

/** The nodes `oidc:<issuer>:<subject>` that the clouds' edges start from. The issuer holds no colon but a port's. */
async function readSubjects(staging: Staging): Promise<Subject[]> {
  const rows = await staging.all<{ uid: string }>(
    `SELECT DISTINCT from_uid AS uid FROM edges WHERE starts_with(from_uid, 'oidc:') ORDER BY ALL`,
  );
  return rows.flatMap(({ uid }) => {
    const parts = /^oidc:((?:[^:]|:\d+(?=[/:]))+):(.*)$/su.exec(uid);
    return parts === null ? [] : [{ uid, issuer: parts[1] ?? '', pattern: parts[2] ?? '' }];
  });
}

async function readAccounts(staging: Staging): Promise<Account[]> {
  const rows = await staging.all<{ uid: string; cluster: string; issuer: string }>(
    `SELECT i.uid, s.uid AS cluster, json_extract_string(s.tags, '$."${ISSUER_TAG}"') AS issuer
     FROM identities i JOIN scopes s ON s.uid = i.scope_uid
     WHERE i.system = 'kubernetes' AND i.kind = 'service-account'
       AND json_extract_string(s.tags, '$."${ISSUER_TAG}"') IS NOT NULL
     ORDER BY i.uid`,
  );
  return rows.map(({ uid, cluster, issuer }) => ({
    uid,
    issuer: issuer.replace(/^https:\/\//u, '').replace(/\/$/u, ''),
    subject: `system:serviceaccount:${uid.slice(`${cluster}:serviceaccount:`.length).replace('/', ':')}`,
  }));
}

/** `*` and `?` as in a StringLike of AWS: any text, any character. */
function matches(pattern: string, subject: string): boolean {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/gu, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'su').test(subject);
}

function edge(fromUid: Uid, toUid: Uid): BecomeEdge {
  return {
    fromUid,
    toUid,
    via: 'service-account-token',
    permissions: [],
    certainty: 'certain',
    evidence: [],
  };
}
