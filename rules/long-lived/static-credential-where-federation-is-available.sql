/*---
id: static-credential-where-federation-is-available
title: Program keeps a static credential where short-lived ones are to be had
category: long-lived
severity: low
needs: [identities, credentials, trusts]
subjects: [credentials]
pass_proved_by: [identities]
params:
  kinds:
    default: [access-key, client-secret, certificate, key-file, service-account-key, service-account-token]
    about: Kinds of credentials that stay the same until somebody changes them.
  anywhere_in_scope:
    default: true
    about: Whether federation counts as available where another identity of the same account, project or directory uses it.
identify_by: [identity_uid, subject_uid]
playbook: rotate-key
about: >-
  A static credential can be copied and used from anywhere until somebody notices. A federated identity proves itself
  anew each time and has nothing to copy. Federation counts as available where the identity itself already trusts an
  outside provider, beside the credential; where another identity of the same account, project or directory does (an
  OpenID Connect provider, not the SAML of people); and, for a token Secret of Kubernetes, where workloads run as the account, because
  each of them gets a token of its own that ends. Judged are credentials that work, of programs. Where the snapshot shows no
  federation the credential passes: then it is a matter of key-too-old. The rule cannot see whether the program runs where
  the provider vouches for it, and a provider for one cluster or one pipeline helps nothing else.
  Provider-managed identities are left out.
remedy:
  - Find out where the program runs, and which provider vouches for it there.
  - Let the identity trust that subject and no other, and switch the program over.
  - Switch the static credential off, wait, and delete it.
examples:
  - name: a secret beside a federated credential
    given:
      identities: [{ uid: app, system: azure, scope_uid: 'entra:t' }]
      credentials: [{ uid: key, identity_uid: app, kind: client-secret, system: azure, scope_uid: 'entra:t' }]
      trusts:
        - uid: t
          identity_uid: app
          system: azure
          scope_uid: 'entra:t'
          trusted: 'oidc:token.actions.githubusercontent.com:repo:acme/shop:ref:refs/heads/main'
          trusted_kind: federated-subject
          mechanism: federated-credential
    expect: [{ identity_uid: app, subject_uid: key, status: fail }]
  - name: no federation anywhere
    given:
      identities: [{ uid: app }]
      credentials: [{ uid: key, identity_uid: app, kind: access-key }]
    expect: [{ identity_uid: app, subject_uid: key, status: pass }]
---*/
WITH federated AS (
  SELECT identity_uid, scope_uid, trusted FROM trusts
  WHERE certainty <> 'claimed' AND system <> 'kubernetes'
    AND trusted_kind IN ('federation-provider', 'federated-subject') AND trusted NOT LIKE '%:saml-provider/%'
),
own AS (
  SELECT identity_uid, list_sort(list(DISTINCT trusted))[:10] AS providers FROM federated GROUP BY identity_uid
),
nearby AS (
  SELECT scope_uid, list_sort(list(DISTINCT trusted))[:10] AS providers FROM federated WHERE $anywhere_in_scope GROUP BY scope_uid
),
static AS (
  SELECT c.identity_uid, c.uid, c.system, c.scope_uid, c.kind, c.created_at, c.expires_at, c.last_used_at, c.last_used_evidence
  FROM credentials c JOIN identities i ON i.uid = c.identity_uid
  WHERE list_contains($kinds, c.kind) AND i.managed_by = 'customer' AND i.class <> 'human'
    AND i.enabled IS DISTINCT FROM false AND c.enabled IS DISTINCT FROM false AND (c.expires_at IS NULL OR c.expires_at > $as_of)
),
-- https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-tokens
running AS (
  SELECT w.identity_uid, count(*) AS workloads
  FROM workloads w SEMI JOIN static ON static.identity_uid = w.identity_uid
  WHERE w.system = 'kubernetes' GROUP BY w.identity_uid
)
SELECT s.identity_uid, s.uid AS subject_uid, s.system, s.scope_uid,
  CASE
    WHEN own.identity_uid IS NOT NULL OR nearby.scope_uid IS NOT NULL OR running.workloads > 0 THEN 'fail'
    ELSE 'pass'
  END AS status,
  {
    kind: s.kind,
    identity_trusts: own.providers,
    scope_trusts: nearby.providers,
    workloads_with_tokens_of_their_own: running.workloads,
    created_at: s.created_at,
    age_days: date_sub('day', s.created_at, $as_of),
    expires_at: s.expires_at,
    last_used_at: s.last_used_at,
    last_used_evidence: s.last_used_evidence
  } AS evidence
FROM static s
LEFT JOIN own ON own.identity_uid = s.identity_uid
LEFT JOIN nearby ON nearby.scope_uid = s.scope_uid
LEFT JOIN running ON running.identity_uid = s.identity_uid
