/** The API calls whose replies are imported, as `coverage.call` names them. */
export const CALLS = {
  authorizationDetails: 'iam:GetAccountAuthorizationDetails',
  credentialReport: 'iam:GetCredentialReport',
  accessKeys: 'iam:ListAccessKeys',
  accessKeyLastUsed: 'iam:GetAccessKeyLastUsed',
  lastAccessed: 'iam:GetServiceLastAccessedDetails',
  generateLastAccessed: 'iam:GenerateServiceLastAccessedDetails',
  oidcProviders: 'iam:ListOpenIDConnectProviders',
  oidcProvider: 'iam:GetOpenIDConnectProvider',
} as const;
