import type { AccessRecords } from '#access/engine.ts';
import type { Json } from '#model/system.ts';
import { accessRecords } from '#test/access/access-records.ts';
import { documentOf, HOME, type World } from './given-schema.ts';

/** The policies on resources, and whose were read. */
export function resourceRecords({ resources, read }: World): AccessRecords {
  return accessRecords({
    resourcePolicies: Object.entries(resources).map(([uid, { policy: json, account }]) => ({
      uid: `${uid}/policy`,
      system: 'aws',
      scopeUid: `aws:${account}`,
      resourceUid: uid,
      kind: uid.split(':')[2] ?? '',
      document: documentOf(json),
    })),
    coverage: read.map((account) => coverageRow(account, 'resource-policies', 'resource policies')),
  });
}

/** The accounts, their organisation and its policies. */
export function organizationRecords({ organization }: World): AccessRecords {
  const account = `aws:${HOME}`;
  if (organization === 'unknown') return accessRecords({ scopes: [scopeRow(account, 'account', null)] });
  const coverage = [coverageRow(HOME, 'guardrails', 'organizations:ListPolicies')];
  if (organization === 'none')
    return accessRecords({ scopes: [scopeRow(account, 'account', null)], coverage });
  const { management, levels } = organization;
  const arn = (rest: string): string => `arn:aws:organizations::${management}:${rest}`;
  const uids = levels.map((_, level) => {
    if (level === levels.length - 1) return account;
    return level === 0 ? arn('root/o-exampleorgid/r-exam') : arn(`ou/o-exampleorgid/ou-exam-unit${level}`);
  });
  const top = arn('organization/o-exampleorgid');
  return accessRecords({
    coverage,
    scopes: [
      scopeRow(top, 'organization', null),
      ...uids.map((uid, level) =>
        scopeRow(
          uid,
          uid === account ? 'account' : 'organizational-unit',
          level === 0 ? top : (uids[level - 1] ?? null),
        ),
      ),
    ],
    guardrails: levels.flatMap(({ scp, rcp }, level) => {
      const target = uids[level] ?? account;
      return [
        ...scp.map((json, index) => guardrailRow(target, 'service-control-policy', index, json)),
        ...rcp.map((json, index) => guardrailRow(target, 'resource-control-policy', index, json)),
      ];
    }),
  });
}

function guardrailRow(
  targetUid: string,
  kind: 'service-control-policy' | 'resource-control-policy',
  index: number,
  json: Json,
): AccessRecords['guardrails'][number] {
  return {
    uid: `${targetUid}/${kind}/${index + 1}`,
    system: 'aws',
    scopeUid: targetUid,
    kind,
    targetUid,
    roleUid: null,
    document: documentOf(json),
  };
}

function scopeRow(uid: string, kind: string, parentUid: string | null): AccessRecords['scopes'][number] {
  return { uid, system: 'aws', kind, name: uid, parentUid, environment: null, tags: {} };
}

function coverageRow(
  account: string,
  feed: 'guardrails' | 'resource-policies',
  call: string,
): AccessRecords['coverage'][number] {
  return {
    system: 'aws',
    scopeUid: `aws:${account}`,
    feed,
    call,
    status: 'complete',
    missingPermission: null,
    detail: null,
  };
}
