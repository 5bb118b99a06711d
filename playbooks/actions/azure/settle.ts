/** Tokens that were issued before live 60 to 90 minutes, unless continuous access evaluation ends them sooner. */
export const TOKENS_SETTLE = {
  seconds: 5400,
  source: 'https://learn.microsoft.com/entra/identity-platform/access-tokens#token-lifetime',
} as const;

/** Azure Resource Manager keeps role assignments for up to ten minutes. */
export const ROLES_SETTLE = {
  seconds: 600,
  source:
    'https://learn.microsoft.com/azure/role-based-access-control/troubleshooting#symptom---role-assignment-changes-are-not-being-detected',
} as const;
