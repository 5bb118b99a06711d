import { CAPABILITIES, type Capability } from '#model/entitlement.ts';

/** What each capability lets an identity do, for people. */
export const CAPABILITY_WORDS: Readonly<Record<Capability, string>> = {
  admin: 'do everything in',
  'identity-admin': 'change who may do what in',
  escalate: 'give itself more rights in',
  impersonate: 'act as other identities of',
  'credential-create': 'make credentials for identities of',
  'secret-read': 'read secrets of',
  'data-read': 'read data of',
  'data-write': 'change data of',
  'data-delete': 'delete data of',
  'compute-run': 'run code in',
  'network-change': 'change networks of',
  'logging-tamper': 'stop or change logging of',
  'policy-guardrail-remove': 'lift guardrails of',
  'metadata-read': 'read metadata of',
};

/** From the most to the least powerful, as a list in SQL. */
export const CAPABILITIES_SQL = `[${CAPABILITIES.map((each) => `'${each}'`).join(', ')}]`;
