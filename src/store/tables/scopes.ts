import type { Coverage, Scope } from '#model/scope.ts';
import { json, optionalText, tags, text } from '../columns.ts';
import type { Table } from './table.ts';

export const scopes: Table<Scope> = {
  about:
    'The places that hold identities or bound rights: accounts, clusters, namespaces, projects, subscriptions.',
  feed: null,
  columns: {
    uid: text('Names the scope in every snapshot: `aws:<account id>`, `k8s:<cluster>`, …'),
    system: text('`aws`, `azure`, `gcp` or `kubernetes`.'),
    kind: text(
      '`account`, `organization`, `cluster`, `namespace`, `tenant`, `subscription`, `project`, `folder`, …',
    ),
    name: text('Its name in its own system.'),
    parentUid: optionalText('The scope that holds it (`scopes.uid`); NULL: none or not known.'),
    environment: optionalText('`production`, `staging`, … as its tags or name say; NULL where nothing says.'),
    tags: tags('Its tags or labels, a JSON object from text to text.'),
    raw: json('What the provider said about it, as it said it.'),
  },
};

export const coverage: Table<Coverage> = {
  about:
    'What was read and what was not: one row for each scope, feed and call. What is not `complete` here is unknown, not absent.',
  feed: null,
  columns: {
    system: optionalText('`aws`, `azure`, `gcp` or `kubernetes`; NULL where it could not be told.'),
    scopeUid: optionalText('The scope (`scopes.uid`); NULL where it could not be told.'),
    feed: optionalText(
      '`identities`, `groups`, `credentials`, `roles`, `grants`, `trusts`, `guardrails`, `resource-policies`, `usages`, `owners` or `workloads`; NULL where it is about none of them.',
    ),
    call: text('The API call or the kind of file.'),
    status: text('`complete`, `partial`, `denied`, `failed` or `skipped` (nobody tried).'),
    missingPermission: optionalText(
      'The permission that would have let the call through; NULL where that is not the reason.',
    ),
    detail: optionalText('What is missing and where (file, entity, position), in one line.'),
  },
};
