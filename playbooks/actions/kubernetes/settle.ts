/** The authorizer works from a watch of the bindings, which follows within moments. */
export const BINDINGS_SETTLE = {
  seconds: 10,
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
} as const;

/** Tokens of what was deleted are refused from 60 seconds after its deletion at the latest. */
export const TOKENS_SETTLE = {
  seconds: 70,
  source:
    'https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-tokens',
} as const;
