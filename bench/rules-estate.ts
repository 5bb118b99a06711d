import type { TableName } from '#model/record.ts';
import type { Staging } from '#store/reader.ts';
import { FEEDS } from '#model/scope.ts';

/**
 * An estate made by SQL, shaped like those that the program is for. Of the identities 70 % are of AWS, the rest is divided
 * among the other systems; each holds five grants. Privilege is rare, as it is where people look after it at all: 2 %
 * are administrators of something, 1 % can become one, 3 % read secrets or change who may do what. A third has a key, one
 * in twenty of which is no longer used. Everything is the same on every run.
 */
export async function fillEstate(staging: Staging, identities: number): Promise<void> {
  const params = { n: identities, feeds: FEEDS.join(',') };
  for (const [table, columns, select] of PARTS) await staging.insertSelect(table, columns, select, params);
}

/** What the n-th identity is called and where it lives; `k` is a random number of its own, from 0 to 999. */
const IDENTITIES = `
  SELECT n, (hash(n) % 1000)::BIGINT AS k, system,
    CASE system
      WHEN 'aws' THEN 'aws:' || (100000000000 + n % 70)
      WHEN 'azure' THEN 'entra:contoso'
      WHEN 'gcp' THEN 'gcp:projects/p' || n % 50
      ELSE 'k8s:c' || n % 10 END AS scope_uid,
    CASE system
      WHEN 'aws' THEN 'arn:aws:iam::' || (100000000000 + n % 70) || CASE WHEN n % 5 = 0 THEN ':user/app-' ELSE ':role/service/app-' END || n
      WHEN 'azure' THEN 'entra:contoso:serviceprincipal:' || n
      WHEN 'gcp' THEN 'gcp:serviceAccount:app-' || n || '@p' || n % 50 || '.iam.gserviceaccount.com'
      ELSE 'k8s:c' || n % 10 || ':serviceaccount:team-' || n % 300 || '/app-' || n END AS uid,
    CASE system WHEN 'aws' THEN CASE WHEN n % 5 = 0 THEN 'iam-user' ELSE 'iam-role' END
      WHEN 'azure' THEN 'service-principal' ELSE 'service-account' END AS kind
  FROM (SELECT range AS n, CASE WHEN range % 10 < 7 THEN 'aws' WHEN range % 10 = 7 THEN 'azure' WHEN range % 10 = 8 THEN 'gcp'
    ELSE 'kubernetes' END AS system FROM range($n))`;

const PARTS: readonly (readonly [TableName, readonly string[], string])[] = [
  [
    'scopes',
    ['uid', 'system', 'kind', 'name', 'parent_uid', 'environment', 'tags', 'content_hash'],
    `SELECT DISTINCT scope_uid, system, 'account', scope_uid, NULL,
       CASE hash(scope_uid) % 4 WHEN 0 THEN 'production' WHEN 1 THEN 'staging' END, '{}'::JSON, 0 FROM (${IDENTITIES})`,
  ],
  [
    'coverage',
    ['system', 'scope_uid', 'feed', 'call', 'status'],
    `SELECT system, uid, unnest(string_split($feeds, ',')), 'list', 'complete' FROM scopes
     UNION ALL SELECT NULL, NULL, 'owners', unnest(['people', 'teams']), 'complete'`,
  ],
  [
    'identities',
    // prettier-ignore
    ['uid', 'system', 'scope_uid', 'kind', 'name', 'class', 'class_reason', 'managed_by', 'enabled', 'created_at', 'tags', 'environment', 'provider_id', 'raw', 'content_hash'],
    `SELECT uid, system, scope_uid, kind, 'app-' || n, CASE WHEN k >= 970 THEN 'human' WHEN k >= 900 THEN 'unknown' ELSE 'non-human' END,
       'made', CASE WHEN k % 50 = 7 THEN 'provider' ELSE 'customer' END, k % 40 <> 3,
       '2020-01-01'::TIMESTAMP + INTERVAL (n % 2000) DAY,
       CASE WHEN k < 200 THEN json_object('team', 'team-' || n % 300, 'cost-centre', k::VARCHAR)
         WHEN k < 900 THEN json_object('team', 'team-' || n % 300, 'review-by', '2026-' || lpad((1 + n % 12)::VARCHAR, 2, '0') || '-15')
         ELSE '{}'::JSON END,
       CASE k % 5 WHEN 0 THEN 'production' WHEN 1 THEN 'staging' END, hash(uid)::VARCHAR,
       CASE WHEN system = 'kubernetes' THEN json_object('namespace', 'team-' || n % 300, 'annotations', json_object('a', 'b'),
         'mountedBy', [replace(uid, ':serviceaccount:', ':deployment:')]) ELSE json_object('Region', 'eu-west-1') END, hash(uid)
     FROM (${IDENTITIES})`,
  ],
  [
    'roles',
    // prettier-ignore
    ['uid', 'system', 'scope_uid', 'kind', 'name', 'managed_by', 'document', 'breadth', 'content_hash'],
    `SELECT CASE system WHEN 'aws' THEN 'arn:aws:iam::100000000000:policy/p-' WHEN 'azure' THEN '/providers/microsoft.authorization/roledefinitions/'
         WHEN 'gcp' THEN 'gcp:projects/p0/roles/' ELSE 'k8s:c0:clusterrole:' END || n,
       system, min(scope_uid), 'role', CASE WHEN n < 10 THEN 'Owner' ELSE 'p-' || n END, CASE WHEN n % 20 < 10 THEN 'provider' ELSE 'customer' END,
       json('{"rules":[{"apiGroups":[""],"resources":["pods","services/status"],"verbs":["get","list"]}]}'),
       CASE n % 100 WHEN 17 THEN 'everything' WHEN 18 THEN 'all-actions' WHEN 19 THEN NULL ELSE CASE WHEN n % 3 = 0 THEN 'all-resources' ELSE 'limited' END END, n
     FROM (SELECT DISTINCT system, min(scope_uid) AS scope_uid FROM (${IDENTITIES}) GROUP BY system), (SELECT range AS n FROM range(20000))
     GROUP BY system, n`,
  ],
  [
    'groups',
    ['uid', 'system', 'scope_uid', 'kind', 'name', 'implicit', 'content_hash'],
    `SELECT 'group-' || range, 'aws', 'aws:100000000000', 'iam-group', 'group-' || range, false, range FROM range(3000)`,
  ],
  [
    'memberships',
    ['group_uid', 'member_uid', 'member_kind', 'system', 'scope_uid'],
    `SELECT 'group-' || n % 3000, uid, 'identity', system, scope_uid FROM (${IDENTITIES}) WHERE n % 5 = 0`,
  ],
  [
    'grants',
    // prettier-ignore
    ['uid', 'system', 'scope_uid', 'principal_uid', 'principal_kind', 'role_uid', 'kind', 'state', 'content_hash'],
    `SELECT uid || '->' || slot, system, scope_uid, CASE WHEN slot = 5 AND n % 100 = 0 THEN 'group-' || n // 100 % 3000 ELSE uid END,
       CASE WHEN slot = 5 AND n % 100 = 0 THEN 'group' ELSE 'identity' END,
       CASE system WHEN 'aws' THEN 'arn:aws:iam::100000000000:policy/p-' WHEN 'azure' THEN '/providers/microsoft.authorization/roledefinitions/'
         WHEN 'gcp' THEN 'gcp:projects/p0/roles/' ELSE 'k8s:c0:clusterrole:' END
         -- Some roles are broad, and few hold them.
         || CASE WHEN k < 20 THEN hash(n, slot) % 20000 ELSE 100 * (hash(n, slot) % 200) + 20 + hash(slot, n) % 80 END,
       CASE WHEN system <> 'kubernetes' THEN 'attached-policy' WHEN slot = 1 THEN 'cluster-role-binding' ELSE 'role-binding' END, 'active', hash(uid, slot)
     FROM (${IDENTITIES}), (SELECT unnest([1, 2, 3, 4, 5]) AS slot)`,
  ],
  [
    'credentials',
    // prettier-ignore
    ['uid', 'system', 'scope_uid', 'identity_uid', 'kind', 'name', 'enabled', 'created_at', 'expires_at', 'last_used_at', 'last_used_evidence', 'content_hash'],
    `SELECT uid || '/key', system, scope_uid, uid,
       CASE system WHEN 'aws' THEN 'access-key' WHEN 'azure' THEN 'client-secret' WHEN 'gcp' THEN 'key-file' ELSE 'service-account-token' END, 'key', k % 10 <> 1,
       '2026-03-01'::TIMESTAMP - INTERVAL (k % 150) DAY, CASE WHEN system = 'azure' THEN '2026-03-01'::TIMESTAMP + INTERVAL (k - 20) DAY END,
       CASE WHEN k % 20 > 1 THEN '2026-03-01'::TIMESTAMP - INTERVAL (k % 20) DAY WHEN k % 20 = 1 THEN '2025-03-01'::TIMESTAMP END,
       CASE WHEN k % 20 > 0 THEN 'used' ELSE 'never' END, hash(uid)
     FROM (${IDENTITIES}) WHERE n % 3 = 0`,
  ],
  [
    'usages',
    // prettier-ignore
    ['system', 'scope_uid', 'identity_uid', 'credential_uid', 'subject', 'permission', 'last_used_at', 'window_start', 'window_end', 'source', 'blind_spots'],
    `SELECT system, scope_uid, uid, NULL, 'identity', NULL, CASE WHEN k > 80 THEN '2026-03-01'::TIMESTAMP - INTERVAL (k % 80) DAY END,
       '2025-01-01'::TIMESTAMP, '2026-03-01'::TIMESTAMP, 'logs', ['data events'] FROM (${IDENTITIES})
     UNION ALL
     SELECT system, scope_uid, uid, NULL, 'permission', permission, CASE WHEN (k + len(permission)) % 10 > 1 THEN '2026-02-01'::TIMESTAMP END,
       '2025-01-01'::TIMESTAMP, '2026-03-01'::TIMESTAMP, 'aws:service-last-accessed', ['actions']
     FROM (${IDENTITIES}), (SELECT unnest(['s3', 'iam']) AS permission) WHERE system = 'aws' AND n % 4 > 0
     UNION ALL
     SELECT system, scope_uid, identity_uid, uid, 'credential', NULL, last_used_at, '2025-01-01'::TIMESTAMP, '2026-03-01'::TIMESTAMP,
       'keys', [] FROM credentials`,
  ],
  [
    'owners',
    ['system', 'scope_uid', 'identity_uid', 'owner', 'kind', 'source', 'state'],
    `SELECT system, scope_uid, uid, 'team-' || n % 300, 'team', source, CASE WHEN k % 40 = 0 THEN 'conflicting' WHEN k % 40 = 1 THEN 'orphaned' ELSE 'declared' END
     FROM (${IDENTITIES}), (SELECT unnest(['tag:team', 'registry']) AS source) WHERE k < 900`,
  ],
  [
    'trusts',
    // prettier-ignore
    ['uid', 'system', 'scope_uid', 'identity_uid', 'trusted', 'trusted_kind', 'mechanism', 'condition', 'external', 'certainty', 'content_hash'],
    `SELECT uid || '#0', system, scope_uid, uid,
       CASE k % 10 WHEN 0 THEN 'arn:aws:iam::' || substr(scope_uid, 5) || ':oidc-provider/token.actions.githubusercontent.com' WHEN 1 THEN '999999999999'
         WHEN 2 THEN 'arn:aws:iam::100000000000:role/service/app-1' ELSE 'lambda.amazonaws.com' END,
       CASE k % 10 WHEN 0 THEN 'federation-provider' WHEN 1 THEN 'account' WHEN 2 THEN 'identity' ELSE 'service' END,
       CASE k % 10 WHEN 0 THEN 'sts:AssumeRoleWithWebIdentity' ELSE 'sts:AssumeRole' END,
       CASE k % 10 WHEN 0 THEN json('{"StringEquals":{"token.actions.githubusercontent.com:sub":"repo:acme/shop:ref:refs/heads/main"}}')
         WHEN 1 THEN json('{"StringEquals":{"sts:ExternalId":"x"}}') END, k % 10 = 1, 'certain', hash(uid)
     FROM (${IDENTITIES}) WHERE kind = 'iam-role'`,
  ],
  [
    'resourcePolicies',
    ['uid', 'system', 'scope_uid', 'resource_uid', 'kind', 'document', 'content_hash'],
    `SELECT uid || '/' || what, system, scope_uid, uid, what,
       json('{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::100000000000:root"},"Action":"*","Resource":"*"}]}'), hash(uid)
     FROM (${IDENTITIES}), (SELECT unnest(['trust', 's3-bucket']) AS what) WHERE kind = 'iam-role' AND (what = 'trust' OR n % 10 = 1)`,
  ],
  [
    'workloads',
    // prettier-ignore
    ['uid', 'system', 'scope_uid', 'identity_uid', 'kind', 'name', 'environment', 'content_hash'],
    `SELECT replace(uid, ':serviceaccount:', CASE WHEN k < 20 THEN ':daemonset:' ELSE ':deployment:' END) || '#' || slot, system, scope_uid, uid,
       CASE WHEN k < 20 THEN 'daemon-set' ELSE 'deployment' END, 'w', CASE WHEN k % 7 = 0 THEN 'production' ELSE 'staging' END, hash(uid, slot)
     FROM (${IDENTITIES}), (SELECT unnest([1, 2]) AS slot) WHERE k % 20 > 1 AND (slot = 1 OR k % 9 = 0) AND (system = 'kubernetes' OR n % 5 = 1)`,
  ],
  [
    'entitlements',
    ['identity_uid', 'capability', 'scope_uid', 'certainty', 'via'],
    `SELECT uid, capability, scope_uid, CASE WHEN k % 5 = 0 THEN 'conditional' ELSE 'certain' END, [uid || '->1', uid || '->2']
     FROM (${IDENTITIES}), (SELECT unnest(['admin', 'escalate', 'secret-read', 'identity-admin', 'logging-tamper', 'data-read', 'metadata-read']) AS capability)
     WHERE CASE capability WHEN 'admin' THEN k < 20 WHEN 'escalate' THEN k BETWEEN 20 AND 29 WHEN 'secret-read' THEN k BETWEEN 10 AND 49
       WHEN 'identity-admin' THEN k BETWEEN 40 AND 69 WHEN 'logging-tamper' THEN k BETWEEN 60 AND 79 ELSE k < 700 END`,
  ],
  [
    'edges',
    ['from_uid', 'to_uid', 'via', 'permissions', 'certainty', 'evidence'],
    `SELECT uid, scope_uid || ':admin', 'attach-policy', ['iam:AttachUserPolicy'], 'certain', [uid || '->1'] FROM (${IDENTITIES}) WHERE k < 50
     UNION ALL
     SELECT uid, 'arn:aws:iam::100000000000:role/service/app-1', 'assume-role', ['sts:AssumeRole'], 'certain', [uid || '->2'] FROM (${IDENTITIES}) WHERE k < 200`,
  ],
];
