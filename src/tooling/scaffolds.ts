import type { Category } from '#model/finding.ts';
import { camel, type Generated } from './plug-ins.ts';

/** A rule and its test. The rule works: it fails identities that are enabled and older than a threshold. */
export function newRule(category: Category, id: string): Generated[] {
  return [
    {
      file: `rules/${category}/${id}.sql`,
      text: `/*---
id: ${id}
title: Identity is more than {{days}} days old
category: ${category}
severity: low
needs: [identities]
params:
  days: { default: 365, min: 1, about: Whole days that are accepted. }
identify_by: [identity_uid]
playbook: quarantine-then-delete
about: >-
  Say why it matters and what the rule cannot see.
remedy:
  - Say what to do about it, in order.
examples:
  - name: older than the limit
    given:
      identities: [{ uid: old, created_at: '2020-01-01T00:00:00Z' }]
    expect: [{ identity_uid: old, status: fail }]
---*/
SELECT uid AS identity_uid, NULL AS subject_uid,
  CASE
    WHEN created_at IS NULL THEN 'unknown'
    WHEN date_sub('day', created_at, $as_of) > $days THEN 'fail'
    ELSE 'pass'
  END AS status,
  { threshold_days: $days, age_days: date_sub('day', created_at, $as_of) } AS evidence
FROM identities
WHERE managed_by = 'customer' AND enabled IS DISTINCT FROM false
`,
    },
    {
      file: `test/rules/${category}/${id}.test.ts`,
      text: `import { describe, expect, it } from 'vitest';
import { ACCOUNT_UID, awsUser } from '#test/estates/aws.ts';
import { daysAgo, notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = '${id}';

describe('${id}', () => {
  it('passes at exactly the limit and fails a whole day later', async () => {
    const { found, passed } = await judge(rule, [
      awsUser('boundary', { createdAt: daysAgo(365) }),
      awsUser('old', { createdAt: daysAgo(366) }),
    ]);
    expect({ found, passed }).toEqual({ found: { 'user/old': 'fail' }, passed: 1 });
  });

  it('does not know where the age is not known, or identities were not read', async () => {
    expect((await judge(rule, [awsUser('ageless', { createdAt: null })])).found).toEqual({ 'user/ageless': 'unknown' });
    const unread = await judge(rule, [awsUser('new', { createdAt: daysAgo(1) }), notRead('identities', ACCOUNT_UID)]);
    expect(unread.found).toEqual({ 'user/new': 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toMatchObject({ findings: [], passed: 0 });
  });
});
`,
    },
  ];
}

/** A collector, its guide and its test. The system must be one of the model's. */
export function newCollector(system: string): Generated[] {
  const name = `${camel(system)}Collector`;
  return [
    {
      file: `collectors/${system}/index.ts`,
      text: `import { defineCollector } from '#contract/collector.ts';
import { importFiles } from './import-files.ts';

/** Reads exported files of ${system}. */
export const ${name} = defineCollector({
  system: '${system}',
  title: '${system}',
  recognise: (file) => (/^\\s*\\{\\s*"${system}"/u.test(file.head) ? '${system}-export' : null),
  importFiles,
});
`,
    },
    {
      file: `collectors/${system}/import-files.ts`,
      text: `import type { CollectContext, RecognisedFile } from '#contract/collector.ts';
import { observe, type Observation } from '#model/record.ts';

/** Yields what the files hold, entity by entity; a file that cannot be read is a coverage row. */
export async function* importFiles(
  files: readonly RecognisedFile[],
  context: CollectContext,
): AsyncIterable<readonly Observation[]> {
  for (const file of files) {
    context.signal.throwIfAborted();
    yield [
      observe('coverage', {
        system: '${system}',
        scopeUid: null,
        feed: 'identities',
        call: file.kind,
        status: 'skipped',
        missingPermission: null,
        detail: \`\${file.label}: nothing is read from it yet\`,
      }),
    ];
  }
}
`,
    },
    {
      file: `docs/${system}.md`,
      text: `# ${system}\n\nWhich exports to make with which commands, what each adds, and what is missing without it.\n`,
    },
    {
      file: `test/collectors/${system}/import.test.ts`,
      text: `import { describe, expect, it } from 'vitest';
import { ${name} } from '#collectors/${system}/index.ts';

describe('the ${system} collector', () => {
  it('recognises its files by content', () => {
    const file = { path: '/x', label: 'x', size: 1, head: '{"${system}": []}' };
    expect(${name}.recognise(file)).toBe('${system}-export');
    expect(${name}.recognise({ ...file, head: '[]' })).toBeNull();
  });
});
`,
    },
  ];
}

/** A report and its test. */
export function newReport(format: string): Generated[] {
  const name = `${camel(format)}Report`;
  return [
    {
      file: `reports/${format}/index.ts`,
      text: `import { defineReport, type ReportInput } from '#contract/report.ts';
import { visible } from '../inert-text.ts';

/** The findings as ${format}. */
export const ${name} = defineReport({
  format: '${format}',
  title: 'Findings as ${format}',
  extension: '${format}',
  render,
});

function render({ findings }: ReportInput): string {
  return findings.map(({ severity, title }) => \`\${severity} \${visible(title)}\\n\`).join('');
}
`,
    },
    {
      file: `test/reports/${format}.test.ts`,
      text: `import { describe, expect, it } from 'vitest';
import { ${name} } from '#reports/${format}/index.ts';

describe('the ${format} report', () => {
  it('is empty where nothing was found', () => {
    const snapshot = { id: 's', asOf: '2026-01-01T00:00:00.000Z', toolVersion: '0' };
    const nothing = { scopes: [], identities: [], findings: [], ruleResults: [], rules: [], coverage: [] };
    expect(${name}.render({ snapshot, ...nothing })).toBe('');
  });
});
`,
    },
  ];
}
