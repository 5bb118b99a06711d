import type { Group, Identity, Membership } from '#model/identity.ts';
import type { Owner, Workload } from '#model/owner.ts';
import { flag, json, optionalFlag, optionalText, optionalTime, tags, text } from '../columns.ts';
import type { Table } from './table.ts';

export const identities: Table<Identity> = {
  about:
    'Who can be granted access: users, roles, service accounts and service principals of every system, people included.',
  feed: 'identities',
  columns: {
    uid: text(
      'Names the identity in every snapshot: an ARN, `k8s:<cluster>:serviceaccount:<namespace>/<name>`, …',
    ),
    system: text('`aws`, `azure`, `gcp` or `kubernetes`.'),
    scopeUid: text('The account, cluster, project, subscription or tenant that it lives in (`scopes.uid`).'),
    kind: text('`iam-user`, `iam-role`, `root-user`, `service-account`, `user`, `service-principal`, …'),
    name: text('Its name in its own system.'),
    class: text('`non-human`, `human` or `unknown`.'),
    classReason: text('Why it was classed so, in a few words.'),
    managedBy: text('`customer`, or `provider` where the cloud provider made it and looks after it.'),
    enabled: optionalFlag('Whether it can be used at all; NULL where the system did not say.'),
    createdAt: optionalTime('When it was made; NULL where not known.'),
    tags: tags('Its tags or labels, a JSON object from text to text.'),
    environment: optionalText(
      '`production`, `staging`, `development`, … as tags or the scope say; NULL where nothing says.',
    ),
    providerId: optionalText(
      'The id that the provider never gives twice (`AROA…`, an object id); the same uid with another one was deleted and made again.',
    ),
    raw: json('What the provider said about it, as it said it.'),
  },
};

export const groups: Table<Group> = {
  about: 'Sets of identities that grants can name.',
  feed: 'groups',
  columns: {
    uid: text('Names the group in every snapshot.'),
    system: text('`aws`, `azure`, `gcp` or `kubernetes`.'),
    scopeUid: text('The scope that it lives in (`scopes.uid`).'),
    kind: text('`iam-group`, `group`, `directory-role`, …'),
    name: text('Its name in its own system.'),
    implicit: flag('True where the system makes the members up itself (`system:authenticated`).'),
    raw: json('What the provider said about it, as it said it.'),
  },
};

export const memberships: Table<Membership> = {
  about: 'Who belongs directly to which group; `effective_grants` follows them through groups in groups.',
  feed: 'groups',
  columns: {
    groupUid: text('The group (`groups.uid`).'),
    memberUid: text('The member (`identities.uid` or `groups.uid`).'),
    memberKind: text('`identity` or `group`.'),
    system: text('`aws`, `azure`, `gcp` or `kubernetes`.'),
    scopeUid: text('The scope that says so (`scopes.uid`).'),
  },
};

export const owners: Table<Owner> = {
  about: 'Who answers for an identity, one row for each source that says something.',
  feed: 'owners',
  columns: {
    system: text('`aws`, `azure`, `gcp` or `kubernetes`.'),
    scopeUid: text('The scope of the identity (`scopes.uid`).'),
    identityUid: text('The identity (`identities.uid`).'),
    owner: text('A person or team, as the source writes it.'),
    kind: text('`person`, `team` or `unknown`.'),
    source: text('`tag:owner`, `label:team`, `codeowners`, `application-owner`, …'),
    state: text('`declared`, `corroborated`, `inferred`, `conflicting`, `orphaned` or `owner-left`.'),
  },
};

export const workloads: Table<Workload> = {
  about: 'What runs as an identity: pod templates, functions, instances.',
  feed: 'workloads',
  columns: {
    uid: text('Names the workload in every snapshot.'),
    system: text('`aws`, `azure`, `gcp` or `kubernetes`.'),
    scopeUid: text('The scope that it runs in (`scopes.uid`).'),
    identityUid: text(
      'The identity that it runs as (`identities.uid`; the identity may be missing, which is a finding).',
    ),
    kind: text('`deployment`, `daemon-set`, `cron-job`, `function`, `instance`, …'),
    name: text('Its name in its own system.'),
    environment: optionalText(
      '`production`, `staging`, … as tags or the scope say; NULL where nothing says.',
    ),
  },
};
