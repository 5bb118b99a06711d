/** How long a change of an allow policy takes: typically two minutes, seven and more at times. */
export const POLICY_SETTLES = {
  seconds: 420,
  source: 'https://cloud.google.com/iam/docs/access-change-propagation',
} as const;

/** Tokens that were made with a key live up to an hour after it is disabled or deleted. */
export const KEY_SETTLES = {
  seconds: 3600,
  source: 'https://cloud.google.com/iam/docs/keys-disable-enable#disabling',
} as const;
