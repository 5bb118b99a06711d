import type { LoggedWrite } from '#model/logged-write.ts';
import { text, time } from '../columns.ts';
import type { Table } from './table.ts';

export const loggedWrites: Table<LoggedWrite> = {
  about:
    'Who changed what, as the logs tell it that were collected: the last change of each object by each actor and action. Nothing here says that nobody changed it.',
  feed: null,
  columns: {
    system: text('`aws`, `azure`, `gcp` or `kubernetes`.'),
    scopeUid: text('The scope whose log it is (`scopes.uid`).'),
    writtenAt: time('When.'),
    actor: text('Who, as the log names it: a user name, an ARN, an address.'),
    action: text('What was done, in the system’s words: `create rolebindings`, `AttachRolePolicy`.'),
    objectUid: text(
      'The identity, credential, grant, role or guardrail that it was done to; of Kubernetes the binding that grants are subjects of.',
    ),
    source: text('Which log: `kubernetes:audit-log`, `aws:cloudtrail`.'),
  },
};
