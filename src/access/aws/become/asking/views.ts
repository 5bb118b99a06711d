import type { Uid } from '#model/system.ts';
import { parseDocument } from '../../document.ts';
import type { Estate } from '../../estate.ts';
import { questionsOn, type Questions } from '../../questions.ts';

/** An estate as it is, or as it would be after a change, and what is asked of it. */
export interface View {
  readonly estate: Estate;
  readonly questions: Questions;
}

/** What an identity has that it might not have: everything by a policy, its permissions boundary. */
export interface Change {
  readonly raised: boolean;
  readonly bounded: boolean;
}

export const UNCHANGED: Change = { raised: false, bounded: true };

/** The estate after changes that people with the right permissions can make. */
export interface Views {
  readonly asIs: View;
  /** Every identity, and a newcomer to each account, after the change. */
  readonly after: (change: Change) => View;
  /** With somebody in each group who is in nothing else and has nothing else. */
  readonly withMembers: () => View;
}

/** Makes views when they are first asked for. */
export function viewsOf(estate: Estate): Views {
  const known = new Map<string, View>();
  const once = (name: string, make: () => Estate): View => {
    const view = known.get(name) ?? viewOf(make());
    known.set(name, view);
    return view;
  };
  return {
    asIs: viewOf(estate),
    after: ({ raised, bounded }) =>
      once(`${raised}/${bounded}`, () => {
        const freed = bounded ? estate : withoutBoundaries(estate);
        return raised ? withEverything(freed) : freed;
      }),
    withMembers: () => once('members', () => withMembers(estate)),
  };
}

/** A role that nobody has made yet, by a name that none can have. */
export function newcomerUid(partition: string, account: string): Uid {
  return `arn:${partition}:iam::${account}:role/new:role`;
}

/** Somebody who is in the group and has nothing else, by a name that no user can have. */
export function memberUid(groupUid: Uid): Uid {
  return groupUid.replace(':group/', ':user/member:');
}

function viewOf(estate: Estate): View {
  return { estate, questions: questionsOn(estate) };
}

function withoutBoundaries(estate: Estate): Estate {
  const guardrails = new Map(
    Array.from(estate.guardrails, ([target, rows]) => [
      target,
      rows.filter(({ kind }) => kind !== 'permission-boundary'),
    ]),
  );
  return { ...estate, guardrails };
}

const EVERYTHING_UID = 'become:everything';

/** Whether a grant is none of the records but part of a change. */
export function isMadeUp(grantUid: Uid): boolean {
  return grantUid.endsWith(`->${EVERYTHING_UID}`);
}

const EVERYTHING = parseDocument({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

function withEverything(estate: Estate): Estate {
  const identities = new Map(estate.identities);
  for (const { uid } of estate.identities.values()) {
    const [arn, partition, , , account] = uid.split(':');
    if (arn !== 'arn' || partition === undefined || account === undefined) continue;
    const newcomer = newcomerUid(partition, account);
    if (!identities.has(newcomer)) identities.set(newcomer, identityRow(newcomer, 'iam-role', account));
  }
  const grants = new Map(estate.grants);
  for (const { uid, scopeUid } of identities.values()) {
    const grant = {
      uid: `${uid}->${EVERYTHING_UID}`,
      system: 'aws',
      scopeUid,
      principalUid: uid,
      principalKind: 'identity',
      roleUid: EVERYTHING_UID,
      kind: 'inline-policy',
      state: 'active',
      condition: null,
      resourceUid: null,
      createdAt: null,
    } as const;
    grants.set(uid, [...(grants.get(uid) ?? []), grant]);
  }
  return {
    ...estate,
    identities,
    grants,
    policyDocument: (roleUid) =>
      roleUid === EVERYTHING_UID ? { document: EVERYTHING } : estate.policyDocument(roleUid),
  };
}

function withMembers(estate: Estate): Estate {
  const identities = new Map(estate.identities);
  const groupsOf = new Map(estate.groupsOf);
  for (const { uid } of estate.groups.values()) {
    const member = memberUid(uid);
    identities.set(member, identityRow(member, 'iam-user', uid.split(':')[4] ?? ''));
    groupsOf.set(member, [uid]);
  }
  return { ...estate, identities, groupsOf };
}

function identityRow(uid: Uid, kind: string, account: string) {
  return {
    uid,
    system: 'aws',
    scopeUid: `aws:${account}`,
    kind,
    name: uid.split('/').at(-1) ?? uid,
    class: 'unknown',
    managedBy: 'customer',
    enabled: null,
    createdAt: null,
    tags: {},
    environment: null,
    providerId: null,
  } as const;
}
