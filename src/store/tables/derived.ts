import type { BecomeEdge, Entitlement } from '#model/entitlement.ts';
import type { Finding, RuleResult } from '#model/finding.ts';
import { count, json, list, optionalText, text, time } from '../columns.ts';
import type { Table } from './table.ts';

export const entitlements: Table<Entitlement> = {
  about:
    'What an identity can do, in words that mean the same in every system, after groups, conditions and guardrails.',
  feed: null,
  columns: {
    identityUid: text('The identity (`identities.uid`).'),
    capability: text(
      '`admin`, `identity-admin`, `escalate`, `impersonate`, `credential-create`, `secret-read`, `data-read`, `data-write`, `data-delete`, `compute-run`, `network-change`, `logging-tamper`, `policy-guardrail-remove` or `metadata-read`.',
    ),
    scopeUid: text('Where it can (`scopes.uid`).'),
    certainty: text(
      '`certain`, `conditional` (a request has to show) or `unknown` (something that decides is missing).',
    ),
    via: list('The grants or trusts that give it, sorted.'),
  },
};

export const edges: Table<BecomeEdge> = {
  about: 'Who can become whom in one step: the edges of escalation and impersonation paths.',
  feed: null,
  columns: {
    fromUid: text('Who can (`identities.uid`), or a node that stands for several, like below.'),
    toUid: text(
      'Whom it can become (`identities.uid`); `<scope>:admin` stands for full control over a scope, `waypoint:…` for any one of many.',
    ),
    via: text('The technique: `assume-role`, `irsa`, `create-access-key`, `token-request`, …'),
    permissions: list('The permissions that the step uses.'),
    certainty: text('`certain` or `conditional`.'),
    evidence: list('The grants, trusts or policies that it rests on.'),
  },
};

export const findings: Table<Finding> = {
  about:
    'What the rules say: failures, and subjects that could not be judged. Passes are counted in `rule_results`.',
  feed: null,
  columns: {
    id: text('The same problem has the same id in every snapshot.'),
    ruleId: text('The rule.'),
    category: text(
      '`stale`, `over-privileged`, `orphaned`, `long-lived`, `trust`, `exposure`, `drift` or `governance`.',
    ),
    severity: text('`critical`, `high`, `medium`, `low` or `info`.'),
    status: text('`fail`, or `unknown` where what the rule needs was not collected.'),
    title: text('What is wrong, in one line.'),
    system: optionalText('`aws`, `azure`, `gcp` or `kubernetes`; NULL where it is about none.'),
    scopeUid: optionalText('The scope (`scopes.uid`); NULL where it is about none.'),
    identityUid: optionalText('The identity (`identities.uid`); NULL where it is about none.'),
    subjectUid: optionalText(
      'The credential, grant, trust or role that it is about; NULL: the identity itself.',
    ),
    evidence: json('What was measured: numbers, threshold, window, sources, blind spots.'),
    playbook: optionalText('The playbook that deals with it; NULL: none.'),
    firstSeenAt: time('When a snapshot first had it.'),
  },
};

export const ruleResults: Table<RuleResult> = {
  about: 'How each rule went in each scope, passes counted.',
  feed: null,
  columns: {
    ruleId: text('The rule.'),
    system: optionalText('`aws`, `azure`, `gcp` or `kubernetes`; NULL where the subjects belong to none.'),
    scopeUid: optionalText('The scope (`scopes.uid`); NULL where the subjects belong to none.'),
    passed: count('How many subjects pass.'),
    failed: count('How many fail.'),
    unknown: count('How many could not be judged.'),
  },
};
