import type { Guardrail } from '#model/grant.ts';
import type { Uid } from '#model/system.ts';
import { readDocument } from '../../policies/document.ts';
import { listOf, partOf, textOf } from '../parts.ts';
import type { OrganizationReading } from './organization.ts';

const KINDS = [
  ['SERVICE_CONTROL_POLICY', 'service-control-policy'],
  ['RESOURCE_CONTROL_POLICY', 'resource-control-policy'],
] as const;

/**
 * A guardrail for every attachment of a service or resource control policy. Policies of a type that is not enabled
 * limit nothing: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_enable-disable.html
 */
export async function readPolicies(
  reading: OrganizationReading,
  enabled: ReadonlySet<string> | null,
  uidOf: (targetId: string) => Uid | null,
): Promise<Guardrail[]> {
  const found: Guardrail[] = [];
  // Always listed: who may not list them does not know that there are none.
  for (const [Filter, kind] of KINDS) {
    for await (const page of reading.pages('organizations:ListPolicies', { Filter }, Filter)) {
      const items = enabled?.has(Filter) === false ? [] : listOf(page, 'Policies');
      found.push(...(await Promise.all(items.map((item) => attachments(reading, kind, item, uidOf)))).flat());
    }
  }
  return found;
}

async function attachments(
  reading: OrganizationReading,
  kind: Guardrail['kind'],
  item: unknown,
  uidOf: (targetId: string) => Uid | null,
): Promise<Guardrail[]> {
  const PolicyId = textOf(item, 'Id');
  if (PolicyId === null) {
    reading.lost('organizations:ListPolicies', '', 'expected the ids of policies');
    return [];
  }
  const described = await reading.call('organizations:DescribePolicy', { PolicyId }, PolicyId);
  const content = textOf(partOf(described, 'Policy'), 'Content');
  const { document, problem } = readDocument(content ?? undefined);
  if (described !== null && problem !== null) reading.lost('organizations:DescribePolicy', PolicyId, problem);

  const guardrails: Guardrail[] = [];
  for await (const page of reading.pages('organizations:ListTargetsForPolicy', { PolicyId }, PolicyId)) {
    for (const target of listOf(page, 'Targets')) {
      const targetId = textOf(target, 'TargetId') ?? '';
      const targetUid = uidOf(targetId);
      if (targetUid === null) {
        reading.lost('organizations:ListTargetsForPolicy', PolicyId, `its target ${targetId} is not known`);
        continue;
      }
      guardrails.push({
        uid: `${targetUid}/${kind}/${PolicyId}`,
        system: 'aws',
        scopeUid: targetUid,
        kind,
        targetUid,
        roleUid: null,
        document,
        raw: { PolicyId, Name: textOf(item, 'Name') },
      });
    }
  }
  return guardrails;
}
