import type { Capability } from '#model/entitlement.ts';

/** What each capability means, for people. */
export const CAPABILITY_WORDS: Readonly<Record<Capability, string>> = {
  admin: 'can do everything in a scope',
  'identity-admin': 'can change who may do what',
  escalate: 'can give itself more rights by a documented path',
  impersonate: 'can act as another identity',
  'credential-create': 'can make credentials for identities',
  'secret-read': 'can read secrets',
  'data-read': 'can read data',
  'data-write': 'can change data',
  'data-delete': 'can delete data',
  'compute-run': 'can run code',
  'network-change': 'can change networks',
  'logging-tamper': 'can stop or change logging',
  'policy-guardrail-remove': 'can lift guardrails',
  'metadata-read': 'can read metadata',
};
