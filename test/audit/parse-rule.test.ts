import { describe, expect, it } from 'vitest';
import { parseRule } from '#audit/parse-rule.ts';
import { ruleText } from './rule-text.ts';

function problems(changes: Readonly<Record<string, string | undefined>>): string[] {
  return parseRule('rules/sample.sql', ruleText(changes), true).problems.map(
    ({ line, message }) => `${line}: ${message}`,
  );
}

describe('a rule file', () => {
  it('is a header and a query, whose first line is known', () => {
    const { rule } = parseRule('rules/sample.sql', ruleText({ playbook: 'rotate-key' }), false);
    expect(rule).toMatchObject({
      header: {
        id: 'sample',
        needs: ['identities'],
        params: { days: { default: 90, min: 1, max: 365 } },
        identifyBy: ['identity_uid'],
        playbook: 'rotate-key',
        remedy: '1. First.\n2. Second.',
        examples: [],
      },
      sqlLine: 13,
      builtIn: false,
    });
    expect(rule?.sql).toMatch(/^SELECT/u);
  });

  it('may have a byte order mark, Windows line ends and a closing semicolon', () => {
    const text = `\uFEFF${ruleText().trimEnd()};\n`.replaceAll('\n', '\r\n');
    const { rule } = parseRule('sample.sql', text, true);
    expect(rule?.sql).toMatch(/FROM identities$/u);
  });

  it.each([
    ['', 'expected a YAML header between `/*---` on the first line and `---*/` on a line of its own'],
    ['SELECT 1', 'expected a YAML header between `/*---` on the first line and `---*/` on a line of its own'],
    [
      ' /*---\nid: sample\n---*/',
      'expected a YAML header between `/*---` on the first line and `---*/` on a line of its own',
    ],
    [ruleText({}, ''), 'expected a SELECT after the header'],
    [ruleText({}, ' ; '), 'expected a SELECT after the header'],
  ])('is refused without its two parts: %j', (text, message) => {
    expect(parseRule('sample.sql', text, true).problems).toMatchObject([{ message }]);
  });
});

describe('a rule header', () => {
  it.each([
    [{ severty: 'high' }, '11: severty: unknown key; known are id, title'],
    [{ params: '{ days: { default: 90, mn: 1 } }' }, '7: params.days.mn: unknown key'],
    [{ category: 'old' }, '4: category: Invalid option: expected one of "stale"|'],
    [{ severity: 'bad' }, '5: severity: Invalid option: expected one of "critical"|'],
    [{ needs: '[usage]' }, '6: needs.0: Invalid option'],
    [{ needs: undefined }, '2: needs: Invalid input: expected array'],
    [{ id: 'other' }, '2: id: expected `sample`, the name of the file'],
    [{ id: 'Not A Slug' }, '2: id: expected lower-case words joined by hyphens'],
    [{ title: '""' }, '3: title: Too small'],
    [{ title: 'Older than {{weeks}} weeks' }, '3: title: {{weeks}} is no parameter of the rule'],
    [{ params: '{ days: { default: 0, min: 1 } }' }, '7: params.days.default: expected at least 1, found 0'],
    [{ params: '{ days: { default: 9, max: 8 } }' }, '7: params.days.default: expected at most 8, found 9'],
    [{ params: '{ days: { default: 9, min: 10, max: 8 } }' }, '7: params.days: min is above max'],
    [{ params: '{ days: { default: soon, max: 8 } }' }, '7: params.days: min and max are for numbers'],
    [{ params: '{ days: { default: 1 }, as_of: { default: 1 } }' }, '7: params.as_of: '],
    [{ params: '{ days: { default: 1 }, nhi_title: { default: x } }' }, '7: params.nhi_title: '],
    [{ params: '{ days: { default: 1 }, Weeks: { default: 1 } }' }, '7: params.Weeks: '],
    [
      { identify_by: '[grant_uid]' },
      '8: identify_by.0: Invalid option: expected one of "identity_uid"|"subject_uid"',
    ],
    [{ identify_by: '[]' }, '8: identify_by: Too small'],
    [{ pass_proved_by: '[usages]' }, '11: pass_proved_by: `usages` is not among the feeds of `needs`'],
    [{ subjects: '[trusts]' }, '11: subjects: `trusts` is not among the feeds of `needs`'],
    [{ playbook: 'Rotate Key' }, '11: playbook: expected lower-case words joined by hyphens'],
    [{ systems: '[oracle]' }, '11: systems.0: Invalid option'],
    [
      { examples: '[{ name: x, given: {}, expect: [{ status: maybe }] }]' },
      '11: examples.0.expect.0.status: Invalid option',
    ],
    [
      { examples: '[{ name: x, given: {}, expect: [], as_of: soon }]' },
      '11: examples.0.as_of: expected a time such as',
    ],
    [
      { examples: '[{ name: x, given: {}, expect: [], params: { weeks: 1 } }]' },
      '11: examples.0.params.weeks: is no parameter',
    ],
    [{ about: '[' }, '10: the header is not valid YAML'],
    [{ about: 'x\ntitle: again' }, '10: the header is not valid YAML: Map keys must be unique'],
  ])('is refused for %j, with the line and what was expected', (changes, expected) => {
    expect(problems(changes)).toEqual([expect.stringContaining(expected)]);
  });

  it('has all its mistakes named at once', () => {
    expect(problems({ category: 'old', severity: 'bad', extra: '1' })).toHaveLength(3);
  });

  it('cannot cost more than it weighs with aliases', () => {
    const bomb =
      'x\na: &a [x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: &d [*c, *c, *c, *c]\ne: [*d, *d, *d, *d]';
    expect(problems({ about: bomb })).toEqual(['1: the header uses too many YAML aliases']);
  });
});
