import type { IdentityClass } from '#model/identity.ts';

/** What an identity is, and why. */
export interface Classified {
  readonly class: IdentityClass;
  readonly classReason: string;
}

/** Tag keys under which people write what an identity is, without separators and in lower case. */
const TAG_KEYS = new Set(['identitytype', 'usertype', 'accounttype', 'principaltype', 'nhi', 'nonhuman']);

const TAG_VALUES: Readonly<Record<string, IdentityClass>> = {
  human: 'human',
  person: 'human',
  employee: 'human',
  contractor: 'human',
  nonhuman: 'non-human',
  nhi: 'non-human',
  service: 'non-human',
  serviceaccount: 'non-human',
  machine: 'non-human',
  workload: 'non-human',
  application: 'non-human',
  bot: 'non-human',
  ci: 'non-human',
};

/** What people say of an identity by its tags, its path and its name. */
export interface Labels {
  readonly tags: Readonly<Record<string, string>>;
  readonly path: string;
  readonly name: string;
}

/** What the facts say; where they leave it open, what a tag says, and then what its path or name says. */
export function classified(
  identityClass: IdentityClass,
  reason: string,
  { tags, path, name }: Labels,
): Classified {
  if (identityClass === 'unknown') {
    for (const [key, value] of Object.entries(tags)) {
      const said = TAG_KEYS.has(bare(key)) ? classOfTag(bare(key), bare(value)) : undefined;
      if (said !== undefined) return { class: said, classReason: `the tag ${key} says so; ${reason}` };
    }
    if (PROGRAM_PATH.test(path) || PROGRAM_NAME.test(name)) {
      return { class: 'non-human', classReason: `named for a program; ${reason}` };
    }
  }
  return { class: identityClass, classReason: reason };
}

/** `/service/`, `/apps/bots/`. */
const PROGRAM_PATH = /\/(?:services?|svc|bots?|robots?|machines?|automation|service-accounts?)\//iu;
/** `svc-mailer`, `deploy_bot`. */
const PROGRAM_NAME = /^(?:svc|bot|robot|service-account)[-_.]|[-_.](?:svc|bot|robot|service-account)$/iu;

function classOfTag(key: string, value: string): IdentityClass | undefined {
  if (key === 'nhi' || key === 'nonhuman') {
    return value === 'true' || value === 'yes'
      ? 'non-human'
      : value === 'false' || value === 'no'
        ? 'human'
        : undefined;
  }
  return Object.hasOwn(TAG_VALUES, value) ? TAG_VALUES[value] : undefined;
}

function bare(text: string): string {
  return text.toLowerCase().replaceAll(/[-_: ]/gu, '');
}
