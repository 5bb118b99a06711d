import { z } from 'zod';
import type { Grant } from '#model/grant.ts';
import type { Uid } from '#model/system.ts';
import { isAwsManagedPolicy, parseIamArn } from '../arn.ts';
import { tally } from '../intake/accounts.ts';
import { breadthOf } from '../policies/breadth.ts';
import { readDocument } from '../policies/document.ts';
import { readStatements } from '../policies/statements.ts';
import { readEach, readOne, type EntityReading } from './entity.ts';

/** AWS's own policies live in no customer's account. */
export const AWS_SCOPE_UID = 'aws:aws';

/** Who holds policies. */
export interface Holder {
  readonly arn: Uid;
  readonly kind: Grant['principalKind'];
}

const attachedSchema = z.object({ PolicyArn: z.string().min(1) });
const inlineSchema = z.object({ PolicyName: z.string().min(1), PolicyDocument: z.unknown() });

/** The managed policies that are attached to a user, group or role. */
export function attachedPolicies(value: unknown, holder: Holder, reading: EntityReading): void {
  const attached = readEach(value, attachedSchema, 'AttachedManagedPolicies', (what) =>
    reading.problem(['grants'], what),
  );
  for (const policyArn of new Set(attached.map(({ PolicyArn }) => PolicyArn))) {
    reading.emit('grants', grantOf(holder, policyArn, 'attached-policy', reading));
    nameManagedPolicy(policyArn, reading);
  }
}

/** The policies that are part of a user, group or role, under the list's name in the export. */
export function inlinePolicies(
  value: unknown,
  listName: string,
  holder: Holder,
  reading: EntityReading,
): void {
  const inline = readEach(value, inlineSchema, listName, (what) =>
    reading.problem(['grants', 'roles'], what),
  );
  const names = new Set<string>();
  for (const { PolicyName: name, PolicyDocument } of inline) {
    if (names.has(name)) {
      reading.problem(['roles'], `${listName}: the name ${name} occurs twice, the first is kept`);
      continue;
    }
    names.add(name);
    const uid = `${holder.arn}/inline/${name}`;
    reading.emit('roles', {
      uid,
      system: 'aws',
      scopeUid: reading.scopeUid,
      kind: 'inline-policy',
      name,
      managedBy: 'customer',
      createdAt: null,
      ...policyContent(PolicyDocument, `the document of the inline policy ${name}`, reading),
      raw: null,
    });
    reading.emit('grants', grantOf(holder, uid, 'inline-policy', reading));
  }
}

const boundarySchema = z.object({ PermissionsBoundaryArn: z.string().min(1) });

/** The permissions boundary of a user or role. It limits, and grants nothing. */
export function permissionsBoundary(value: unknown, identityUid: Uid, reading: EntityReading): void {
  const boundary = readOne(value, boundarySchema, 'PermissionsBoundary', (what) =>
    reading.problem(['guardrails'], what),
  );
  if (boundary === null) return;
  reading.emit('guardrails', {
    uid: `${identityUid}/permission-boundary`,
    system: 'aws',
    scopeUid: reading.scopeUid,
    kind: 'permission-boundary',
    targetUid: identityUid,
    roleUid: boundary.PermissionsBoundaryArn,
    document: null,
    raw: null,
  });
  nameManagedPolicy(boundary.PermissionsBoundaryArn, reading);
}

/** A policy's document with what it gives on its face; what is not understood is a problem. */
export function policyContent(
  value: unknown,
  name: string,
  { problem }: EntityReading,
): { document: ReturnType<typeof readDocument>['document']; breadth: ReturnType<typeof breadthOf> } {
  const { document, problem: unreadable } = readDocument(value);
  if (document === null) {
    problem(['roles'], `${name}: ${unreadable}`);
    return { document: null, breadth: null };
  }
  const read = readStatements(document);
  for (const text of read.problems) problem(['roles'], `${name}: ${text}`);
  return { document, breadth: breadthOf(read) };
}

/** A policy that no export describes is a role all the same, whose document nobody collected. */
function nameManagedPolicy(arn: string, { estate, account, scopeUid, emit }: EntityReading): void {
  if (estate.marks.has(arn, 'known')) return;
  tally(account.policiesWithoutDocument, arn);
  if (!estate.marks.set(arn, 'read')) return;
  const isAws = isAwsManagedPolicy(arn);
  emit('roles', {
    uid: arn,
    system: 'aws',
    scopeUid: isAws ? AWS_SCOPE_UID : scopeUid,
    kind: 'managed-policy',
    name: parseIamArn(arn)?.name ?? arn,
    managedBy: isAws ? 'provider' : 'customer',
    createdAt: null,
    document: null,
    breadth: null,
    raw: null,
  });
}

function grantOf(holder: Holder, roleUid: Uid, kind: Grant['kind'], { scopeUid }: EntityReading): Grant {
  return {
    uid: `${holder.arn}->${roleUid}`,
    system: 'aws',
    scopeUid,
    principalUid: holder.arn,
    principalKind: holder.kind,
    roleUid,
    kind,
    state: 'active',
    condition: null,
    resourceUid: null,
    createdAt: null,
    raw: null,
  };
}
