import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { htmlReport } from '#reports/html/index.ts';
import { jsonReport } from '#reports/json/index.ts';
import { markdownReport } from '#reports/markdown/index.ts';
import { frameworkNamed, FRAMEWORK, WITH_FRAMEWORK } from './framework-sample.ts';
import { hostileText } from './hostile.ts';
import { SMALL } from './sample.ts';
import { textOf } from './text-of.ts';

describe('reports by framework', () => {
  it('show in markdown each control, and tell what is not measured from what passed', async () => {
    const text = markdownReport.render(WITH_FRAMEWORK);
    await expect(text).toMatchFileSnapshot('../golden/reports/framework.md');
    expect(text).toContain('1 of 5 controls fail, 1 pass, 1 unknown, 2 not measured.');
    expect(text).toContain('Keys | 2 | 1 | 0 | 3 |');
    expect(text).toContain('| – Not measured | `C-5` Doors | 0 | 0 | 0 | 0 | no rule speaks to it |');
  });

  it('have a part of their own in html, with links to the findings of each rule', () => {
    const page = htmlReport.render(WITH_FRAMEWORK);
    expect(page).toContain('data-tab="framework"');
    expect(page).toContain('href="#/findings?rule=two-active-keys"');
    expect(page.match(/<\/span> Not measured<\/span><\/td>/gu)).toHaveLength(2);
  });

  it('hold everything in json, as the published schema says', () => {
    const report = JSON.parse(textOf(jsonReport.render(WITH_FRAMEWORK)));
    expect(report.framework).toEqual(FRAMEWORK);
    const schema = JSON.parse(
      readFileSync(new URL('../../reports/json/schema.json', import.meta.url), 'utf8'),
    );
    expect(z.fromJSONSchema(schema).safeParse(report).success).toBe(true);
  });

  it('say nothing of frameworks where none was asked for', () => {
    expect(textOf(jsonReport.render(SMALL))).not.toContain('"framework"');
    expect(htmlReport.render(SMALL)).not.toContain('data-tab="framework"');
    expect(markdownReport.render(SMALL)).not.toContain('control');
  });

  it('keep a long framework within the length of a comment and count what is left out', () => {
    const controls = Array.from({ length: 400 }, () => FRAMEWORK.controls).flat();
    const text = markdownReport.render({ ...WITH_FRAMEWORK, framework: { ...FRAMEWORK, controls } });
    expect(text).toMatch(/1,9\d\d more controls left out for length\./u);
  });

  it('are no markup, whatever names contain', () => {
    const tags = (page: string): number => page.match(/<[a-z]+/gu)?.length ?? 0;
    const cells = (text: string): number => text.replace(/\\[\\|]/gu, '').match(/\|/gu)?.length ?? 0;
    const plain = frameworkNamed('plain');
    fc.assert(
      fc.property(hostileText, (name) => {
        const input = frameworkNamed(name);
        expect(tags(htmlReport.render(input))).toBe(tags(htmlReport.render(plain)));
        expect(cells(markdownReport.render(input))).toBe(cells(markdownReport.render(plain)));
      }),
      { numRuns: 40 },
    );
  });
});
