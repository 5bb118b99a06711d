import { defineAction } from '#contract/action.ts';
import { orAbsent } from '../shared/action-error.ts';
import { textOf } from '../shared/parameter.ts';
import { inAccountOf, NOTHING_TO_DO } from './account.ts';
import { isOwn } from './iam-arn.ts';
import { IAM_SETTLES } from './settle.ts';

/** Deletes the password with which a user signs in to the console. Nobody can put the same one back. */
export const deleteLoginProfile = defineAction({
  id: 'aws/delete-login-profile',
  system: 'aws',
  phase: 'delete',
  closes: 'subject',
  title: (parameters) => `Delete the console password of ${textOf(parameters, 'user')}`,
  parametersFor: (subject) =>
    subject.table === 'credentials' &&
    subject.row.kind === 'console-password' &&
    isOwn(subject.identity, 'iam-user')
      ? { user: subject.identity.uid }
      : null,
  permissions: ['iam:DeleteLoginProfile', 'iam:GetLoginProfile'],
  settle: IAM_SETTLES,
  read: (parameters, context) =>
    inAccountOf(textOf(parameters, 'user'), context, async ({ ask, principal: { name: UserName } }) => {
      const found = await orAbsent(ask((iam, options) => iam.getLoginProfile({ UserName }, options)));
      const made = found?.LoginProfile?.CreateDate?.toISOString() ?? null;
      return found === null
        ? { present: false, done: true, document: null }
        : { present: true, done: false, document: { createdAt: made } };
    }),
  act: (parameters, _before, context) =>
    inAccountOf(textOf(parameters, 'user'), context, async ({ change, principal: { name: UserName } }) => {
      const gone = change((iam, options) => iam.deleteLoginProfile({ UserName }, options));
      return (await orAbsent(gone)) ?? NOTHING_TO_DO;
    }),
});
