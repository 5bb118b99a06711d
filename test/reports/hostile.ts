import * as fc from 'fast-check';
import { SYSTEMS } from '#model/system.ts';
import type { ReportInput } from '#contract/report.ts';
import { ACCOUNT, SMALL, coverage, finding, identity, rule, scope } from './sample.ts';

/** Names as an attacker picks them: markup, formulas, controls, direction overrides, cells' ends, long strings. */
export const HOSTILE_NAMES = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "';alert(1)//",
  '</script><script>alert(1)</script>',
  '<!--',
  '=HYPERLINK("http://evil.example","click")',
  '"=1+1',
  '\t=1+1',
  '\r\n@SUM(1)',
  'a;=1+1',
  'a|b\\|c',
  '`tick``s`',
  '[link](javascript:alert(1))',
  '![x](https://evil.example/x.png)',
  '@maintainers see #1 and www.evil.example or https://evil.example',
  'abc\u202ecod.exe',
  'zero\u200bwidth\u0000nul\u001b[31mred',
  'lone \ud800 surrogate',
  'line\u2028separator\nnew\rline',
  'ünïcödé-名前-🔑',
  '$x$ ~~struck~~ **bold** _it_ <b>',
  '__proto__',
  '',
  ' ',
  'x'.repeat(3000),
] as const;

/** Any text, hostile more often than not. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE_NAMES),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
);

/** The small input with these names wherever a name from outside can stand. */
export function inputNamed(...names: readonly string[]): ReportInput {
  const worlds = names.map(named);
  return {
    ...SMALL,
    scopes: [...SMALL.scopes, ...worlds.map((world) => world.scope)],
    identities: [...SMALL.identities, ...worlds.map((world) => world.identity)],
    findings: [...SMALL.findings, ...worlds.map((world) => world.finding)],
    rules: [...SMALL.rules, ...worlds.map((world) => world.rule)],
    coverage: [...SMALL.coverage, ...worlds.map((world) => world.coverage)],
  };
}

function named(name: string) {
  const [uid, scopeUid] = [`uid:${name}`, `scope:${name}`];
  return {
    scope: scope({ uid: scopeUid, system: 'aws', name, tags: { [name]: name } }),
    identity: identity({ uid, system: 'aws', scopeUid, name, kind: name, owner: name, classReason: name }),
    finding: finding({
      id: name,
      ruleId: name,
      title: name,
      severity: 'critical',
      identityUid: uid,
      scopeUid,
      subjectUid: name,
      playbook: name,
      evidence: { [name]: [name, { [name]: name }] },
    }),
    rule: rule({ id: name, about: name, remedy: name, title: name }),
    coverage: coverage({
      scopeUid,
      call: name,
      detail: name,
      missingPermission: name,
      status: 'failed',
    }),
  };
}

/** The small input with every list in another order. */
export const shuffledSmall: fc.Arbitrary<ReportInput> = fc
  .tuple(
    anyOrder(SMALL.scopes),
    anyOrder(SMALL.identities),
    anyOrder(SMALL.findings),
    anyOrder(SMALL.ruleResults),
    anyOrder(SMALL.rules),
    anyOrder(SMALL.coverage),
  )
  .map(([scopes, identities, findings, ruleResults, rules, rows]) => ({
    ...SMALL,
    scopes,
    identities,
    findings,
    ruleResults,
    rules,
    coverage: rows,
  }));

function anyOrder<Row>(rows: readonly Row[]): fc.Arbitrary<Row[]> {
  return fc.shuffledSubarray([...rows], { minLength: rows.length });
}

/** A large estate: `count` identities in many scopes, and as many findings with evidence of a usual size. */
export function largeInput(count: number): ReportInput {
  const scopes = Array.from({ length: 20 }, (_, at) =>
    scope({ uid: `aws:${100000000000 + at}`, system: 'aws', name: `account-${at}` }),
  );
  const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
  return {
    ...SMALL,
    scopes: [...SMALL.scopes, ...scopes],
    identities: Array.from({ length: count }, (_, at) =>
      identity({
        uid: largeUid(at),
        system: SYSTEMS[at % 4] ?? 'aws',
        scopeUid: `aws:${100000000000 + (at % 20)}`,
        kind: 'iam-role',
        capabilities: ['data-read', 'secret-read'],
        owner: `team-${at % 37}@acme.example`,
      }),
    ),
    findings: Array.from({ length: count }, (_, at) =>
      finding({
        id: `f${at.toString(16).padStart(16, '0')}`,
        ruleId: SMALL.rules[at % 3]?.id ?? 'unused-identity',
        severity: severities[at % 5] ?? 'info',
        status: at % 11 === 0 ? 'unknown' : 'fail',
        title: `Identity has not been used for ${90 + (at % 7)} days`,
        system: SYSTEMS[at % 4] ?? 'aws',
        scopeUid: `aws:${100000000000 + (at % 20)}`,
        identityUid: largeUid(at),
        subjectUid: `${largeUid(at)}/access-key/AKIA${at}`,
        evidence: {
          last_used_at: '2026-01-01T00:00:00.000Z',
          days: 90 + at,
          threshold: 90,
          window: { start: '2025-11-01T00:00:00.000Z', end: '2026-11-01T00:00:00.000Z' },
          sources: ['aws:credential-report', 'aws:role-last-used'],
          blind_spots: ['use in regions that were off', 'calls that are not recorded'],
        },
        playbook: 'quarantine-then-delete',
      }),
    ),
    ruleResults: [
      {
        ruleId: 'unused-identity',
        system: 'aws',
        scopeUid: ACCOUNT,
        passed: count,
        failed: count,
        unknown: 0,
      },
    ],
  };
}

function largeUid(at: number): string {
  return `arn:aws:iam::${100000000000 + (at % 20)}:role/service-role/workload-${at}`;
}
