import { fileURLToPath } from 'node:url';
import type { PartialRows } from '#audit/example-rows.ts';
import { loadRules } from '#audit/load-rules.ts';
import { resolveParameters, type RuleParameters } from '#audit/parameters.ts';
import { runRules } from '#audit/run-rules.ts';
import type { Severity } from '#model/finding.ts';
import type { Json, Uid } from '#model/system.ts';
import { NOW, openEstate } from '#test/estates/estate.ts';

/** Read once for all tests of a file. */
const RULES = loadRules([fileURLToPath(new URL('../../rules', import.meta.url))], true);

/** What a built-in rule says about a small world. */
export interface Judgement {
  /** Status by identity and, where there is one, subject (`identity subject`). Passes are not listed. */
  readonly found: Readonly<Record<string, 'fail' | 'unknown'>>;
  readonly findings: readonly {
    readonly identity: Uid | null;
    readonly subject: Uid | null;
    readonly scope: Uid | null;
    readonly severity: Severity;
    readonly title: string;
    readonly evidence: Readonly<Record<string, Json>>;
  }[];
  readonly passed: number;
}

/** Runs one built-in rule over a small world at NOW, through the real store and engine. */
export async function judge(
  rule: string,
  rows: readonly PartialRows[],
  parameters: RuleParameters[string] = {},
): Promise<Judgement> {
  const rules = (await RULES).filter(({ header }) => header.id === rule);
  const snapshot = await openEstate(...rows);
  const [run] = await runRules(snapshot, rules, {
    asOf: NOW,
    parameters: resolveParameters(rules, null, { [rule]: parameters }),
    previous: null,
  });
  if (run?.error !== null) throw new Error(run?.error ?? `there is no rule ${rule}`);
  const findings = await snapshot.all<Judgement['findings'][number] & { status: 'fail' | 'unknown' }>(
    `SELECT identity_uid AS identity, subject_uid AS subject, scope_uid AS scope, status, severity, title, evidence
     FROM findings ORDER BY ALL`,
  );
  await snapshot.discard();
  return {
    found: Object.fromEntries(
      findings.map(({ identity, subject, scope, status }) => [nameOf(identity, subject, scope), status]),
    ),
    findings,
    passed: run.passed,
  };
}

/** The last part of each uid is enough to tell the objects of a small world apart. */
function nameOf(identity: Uid | null, subject: Uid | null, scope: Uid | null): string {
  const parts = [identity, subject]
    .filter((uid) => uid !== null)
    .map((uid) => uid.replace(/^(?:arn:aws:iam::\d+:|k8s:[^:]+:)/u, ''));
  return parts.length === 0 ? `scope ${scope}` : parts.join(' ');
}
