import { classified, type Classified, type Labels } from './class.ts';

/** What is known of a user's ways to sign in; null: not known. */
export interface SignIn {
  readonly hasPassword: boolean | null;
  readonly hasMfa: boolean | null;
  readonly activeKeys: number | null;
  readonly keys: number | null;
}

/** What a user is: programs use access keys, people passwords and a second factor. */
export function classifyUser(signIn: SignIn, labels: Labels): Classified {
  const [identityClass, reason] = byFacts(signIn);
  return classified(identityClass, reason, labels);
}

function byFacts({ hasPassword, hasMfa, activeKeys, keys }: SignIn): [Classified['class'], string] {
  if (hasPassword === null) {
    return keys === null
      ? ['unknown', 'no credential report']
      : ['unknown', 'access keys; no credential report, which would tell of a console password'];
  }
  if (!hasPassword) {
    if ((keys ?? 0) === 0) return ['unknown', 'neither an access key nor a console password'];
    return [
      'non-human',
      `${activeKeys === 0 ? 'inactive access key' : 'access key'} and no console password`,
    ];
  }
  if ((activeKeys ?? 0) > 0) return ['unknown', 'both a console password and an active access key'];
  return hasMfa === true
    ? ['human', 'console password with MFA and no active access key']
    : ['unknown', 'console password without MFA and no active access key'];
}

/** The root user belongs to a person, unless a program may have its key. */
export function classifyRoot(activeKeys: number): Classified {
  return activeKeys === 0
    ? { class: 'human', classReason: 'root user of the account' }
    : { class: 'unknown', classReason: 'root user with an active access key' };
}
