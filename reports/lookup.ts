import type { ReportFinding, ReportIdentity, ReportInput } from '#contract/report.ts';
import type { RuleHeader } from '#contract/rule.ts';
import type { Scope } from '#model/scope.ts';
import type { Uid } from '#model/system.ts';
import { groupBy } from './group.ts';

/** Finds the rows of an input by their ids. */
export interface Lookup {
  readonly scope: (uid: Uid | null) => Scope | undefined;
  readonly identity: (uid: Uid | null) => ReportIdentity | undefined;
  readonly rule: (id: string) => RuleHeader | undefined;
  /** The findings about one identity, in the input's order. */
  readonly findingsOf: (uid: Uid) => readonly ReportFinding[];
}

/** Indexes an input once. */
export function lookup(input: ReportInput): Lookup {
  const scopes = new Map(input.scopes.map((scope) => [scope.uid, scope]));
  const identities = new Map(input.identities.map((identity) => [identity.uid, identity]));
  const rules = new Map(input.rules.map((rule) => [rule.id, rule]));
  const findings = groupBy(input.findings, (finding) => finding.identityUid);
  return {
    scope: (uid) => (uid === null ? undefined : scopes.get(uid)),
    identity: (uid) => (uid === null ? undefined : identities.get(uid)),
    rule: (id) => rules.get(id),
    findingsOf: (uid) => findings.get(uid) ?? [],
  };
}
