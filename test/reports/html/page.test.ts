import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PackedData, PageData } from '#reports/html/data.ts';
import { htmlReport } from '#reports/html/index.ts';
import { escapeHtml, markup, scriptJson } from '#reports/html/markup.ts';
import { unpackRows } from '#reports/html/packed-rows.ts';
import { SCRIPT } from '#reports/html/script.ts';
import { hostileText, inputNamed, largeInput, shuffledSmall } from '../hostile.ts';
import { EMPTY, SMALL, coverage, finding, identity, result } from '../sample.ts';

const LIMIT = 15_000_000;

describe('the html report', () => {
  it('allows one script and one style by their hashes, and nothing else', () => {
    const page = htmlReport.render(SMALL);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/u.exec(page)?.[1];
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      `script-src '${hash(between(page, '<script>', '</script>'))}'`,
      `style-src '${hash(between(page, '<style>', '</style>'))}'`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
  });

  it('has no inline handler, no inline style and no address outside itself', () => {
    const page = withoutData(htmlReport.render(SMALL));
    expect(page).not.toMatch(/<[^>]* on[a-z]+=/iu);
    expect(page).not.toMatch(/<[^>]* style=/iu);
    expect(page).not.toMatch(/<[^>]* src=/iu);
    expect(
      [...page.matchAll(/<[^>]* href="([^"]*)"/gu)].filter(([, to]) => to?.startsWith('#') !== true),
    ).toEqual([]);
  });

  it('does not depend on the order of its input', () => {
    const page = htmlReport.render(SMALL);
    fc.assert(
      fc.property(shuffledSmall, (input) => {
        expect(htmlReport.render(input)).toBe(page);
      }),
      { numRuns: 20 },
    );
  });

  it('has the same elements whatever names contain, and carries the names exactly', () => {
    const elements = tags(htmlReport.render(inputNamed('plain')));
    fc.assert(
      fc.property(hostileText, (name) => {
        const page = htmlReport.render(inputNamed(name));
        expect(tags(page)).toEqual(elements);
        expect(dataOf(page).findings.some((each) => each.subjectUid === name)).toBe(true);
      }),
    );
  });

  it('shows what failed, what is unknown and what was not read above the findings', () => {
    const page = htmlReport.render(SMALL);
    const top = page.slice(0, page.indexOf('<h2'));
    expect(top).toContain('2 findings on 2 identities: 1 critical, 1 high.');
    expect(top).toContain(
      'Not everything was measured: 1 answer is unknown, 3 of 5 feeds read completely, 3 gaps.',
    );
    expect(top).toContain('notes.txt: not a kind of file that is understood');
  });

  it.each([
    ['nothing was collected', EMPTY],
    [
      'no coverage was recorded',
      { ...SMALL, findings: [], ruleResults: [result({ ruleId: 'r', passed: 1 })], coverage: [] },
    ],
    ['a feed was denied', { ...SMALL, findings: [], ruleResults: [result({ ruleId: 'r', passed: 1 })] }],
  ])('does not look like all clear when %s', (_, input) => {
    const page = withoutData(htmlReport.render(input));
    expect(page).toContain('Not everything was measured');
    expect(page).toContain('No findings in what was measured.');
    expect(page).not.toContain('✓ No findings');
  });

  it('says that there are no findings where everything was measured', () => {
    const input = {
      ...SMALL,
      scopes: SMALL.scopes.slice(0, 1),
      identities: SMALL.identities.slice(0, 1),
      findings: [],
      ruleResults: [result({ ruleId: 'unused-identity', passed: 4 })],
      coverage: [coverage({})],
    };
    const page = withoutData(htmlReport.render(input));
    expect(page).toContain('✓ No findings: 4 checks by 1 rule passed on 1 identity.');
    expect(page).not.toContain('Not everything was measured');
  });

  it('says of a rule that only answered unknown that nothing was measured', () => {
    const page = htmlReport.render({
      ...SMALL,
      ruleResults: [result({ ruleId: 'two-active-keys', unknown: 3 })],
    });
    expect(withoutData(page)).toContain('nothing was measured');
  });
});

describe('a large html report', () => {
  it('holds 10,000 findings and identities in less than 15 MB', () => {
    const page = htmlReport.render(largeInput(10_000));
    expect(Buffer.byteLength(page)).toBeLessThan(LIMIT);
    expect(dataOf(page)).toMatchObject({ findingsLeft: 0, identitiesLeft: 0 });
  });

  it('holds the worst 200 findings as plain rows for those without scripts, and says so', () => {
    const page = htmlReport.render(largeInput(1000));
    expect(between(page, '<div class="rows">', '</tbody>').match(/<tr><td>/gu)).toHaveLength(200);
    expect(page).toContain('Scripts are off: these are the worst 200 of 1,000 findings');
  });

  it('stays below 15 MB whatever comes in, and counts what had no room', () => {
    const evidence = { log: 'x'.repeat(50_000) };
    const findings = Array.from({ length: 5000 }, (_, at) => finding({ id: `f${at}`, evidence }));
    const uids = Array.from({ length: 100 }, (_, at) => `${at}${'y'.repeat(100_000)}`);
    const identities = uids.map((uid) => identity({ uid, system: 'aws', scopeUid: 'aws:1' }));
    const page = htmlReport.render({ ...SMALL, findings, identities });
    const data = dataOf(page);
    expect(Buffer.byteLength(page)).toBeLessThan(LIMIT);
    expect(data.findings.length + data.findingsLeft).toBe(5000);
    expect(data.identities.length + data.identitiesLeft).toBe(100);
    expect(data.findingsLeft).toBeGreaterThan(0);
    expect(page).toMatch(/[\d,]+ findings had no room on this page/u);
    expect(data.findings[0]?.evidence).toMatchObject({
      cut: expect.stringContaining('characters are left out here'),
    });
  });
});

describe('markup', () => {
  it('escapes text and numbers, keeps markup, joins lists and leaves null out', () => {
    const name = '<i>"&\'`';
    expect(markup`<b title="${name}">${name}${null}${[1, markup`<br>`]}</b>`.markup).toBe(
      '<b title="&#60;i&#62;&#34;&#38;&#39;&#96;">&#60;i&#62;&#34;&#38;&#39;&#96;1<br></b>',
    );
  });

  it('spells out what cannot be seen', () => {
    expect(escapeHtml('a\u202eb\u0000')).toBe('a⟨U+202E⟩b⟨U+0000⟩');
  });

  it('keeps JSON from ending its script element', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(scriptJson({ text })).not.toContain('<');
        expect(JSON.parse(scriptJson({ text }))).toEqual({ text });
      }),
    );
  });
});

describe('the script of the page', () => {
  it('stands alone: it names no module and cannot end its element', () => {
    expect(SCRIPT).not.toMatch(/__vi_|\bimport\b|\brequire\(|<\/script|<!--/u);
  });

  it('has no way from text to markup or code', () => {
    expect(SCRIPT).not.toMatch(
      /innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|DOMParser/u,
    );
  });
});

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start) + start.length;
  return text.slice(from, text.indexOf(end, from));
}

function json(page: string): string {
  return between(page, '<script type="application/json" id="data">', '</script>');
}

function dataOf(page: string): PageData {
  const packed: PackedData = JSON.parse(json(page));
  return { ...packed, findings: unpackRows(packed.findings), identities: unpackRows(packed.identities) };
}

function withoutData(page: string): string {
  return page.replace(json(page), '').replace(between(page, '<script>', '</script>'), '');
}

/**
 * Every tag with the names of its attributes; sorted, because names decide the order of rows, and without plain
 * paragraphs, because a rule's prose has one for each of its lines.
 */
function tags(page: string): string[] {
  return [...withoutData(page).matchAll(/<[^>]*>/gu)]
    .map(([tag]) => tag.replace(/="[^"]*"/gu, ''))
    .filter((tag) => !/^<\/?p>$/u.test(tag))
    .toSorted();
}
