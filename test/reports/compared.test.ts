import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { csvReport } from '#reports/csv/index.ts';
import { htmlReport } from '#reports/html/index.ts';
import { jsonReport } from '#reports/json/index.ts';
import { junitReport } from '#reports/junit/index.ts';
import { markdownReport } from '#reports/markdown/index.ts';
import { ocsfReport } from '#reports/ocsf/index.ts';
import { sarifReport } from '#reports/sarif/index.ts';
import { parseCsv } from './csv/parse-csv.ts';
import { COMPARED, WAIVER } from './compared-sample.ts';
import { SMALL } from './sample.ts';
import { sarifSchema } from './sarif/published-schema.ts';
import { textOf } from './text-of.ts';

const SAYS = 'Waived by W-7 until 2026-12-31: moving to scoped roles';

interface SarifResult {
  readonly kind: string;
  readonly baselineState?: string;
  readonly suppressions?: readonly unknown[];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
}

describe('a waived finding', () => {
  it('is a suppressed result in sarif, with its justification', () => {
    const waived = sarifResults().filter(({ suppressions }) => suppressions !== undefined);
    expect(waived).toHaveLength(1);
    expect(waived[0]).toMatchObject({
      kind: 'fail',
      suppressions: [{ kind: 'external', status: 'accepted', justification: WAIVER.reason }],
    });
  });

  it('is a skipped test in junit, no failed one', () => {
    const text = junitReport.render(COMPARED);
    expect(text).toContain(`<skipped message="${SAYS}: critical, Policy allows`);
    expect(text).toContain(
      '<testsuite name="wildcard-administrator" tests="2" failures="0" errors="0" skipped="1"',
    );
  });

  it('is a suppressed event in ocsf', () => {
    const events = textOf(ocsfReport.render(COMPARED))
      .trim()
      .split('\n')
      .map((line): { readonly status_id: number; readonly comment?: string } => JSON.parse(line));
    expect(events.map(({ status_id, comment }) => [status_id, comment])).toEqual([
      [3, SAYS],
      [1, undefined],
      [1, undefined],
    ]);
  });

  it('stands in csv, json, markdown and html with its waiver, and is counted among the findings', () => {
    const [header = [], ...rows] = parseCsv(textOf(csvReport.render(COMPARED)));
    expect(rows[0]?.slice(header.indexOf('baseline_state'))).toEqual([
      'unchanged',
      'W-7',
      '2026-12-31',
      'moving to scoped roles',
    ]);
    expect(JSON.parse(textOf(jsonReport.render(COMPARED))).findings[0].waiver).toEqual(WAIVER);
    expect(markdownReport.render(COMPARED)).toContain(`<br>${SAYS}`);
    for (const text of [markdownReport.render(COMPARED), htmlReport.render(COMPARED)]) {
      expect(text).toContain('2 findings on 2 identities: 1 critical, 1 high. Waived: 1 of them.');
    }
  });
});

describe('a baseline', () => {
  it('gives every sarif result its state, and what is gone a result that is no failure', () => {
    expect(
      sarifResults().map(({ kind, baselineState, partialFingerprints }) => [
        partialFingerprints.primaryLocationLineHash,
        kind,
        baselineState,
      ]),
    ).toEqual([
      ['f-admin', 'fail', 'unchanged'],
      ['f-keys', 'fail', 'new'],
      ['f-unused', 'open', 'new'],
      ['f-gone', 'informational', 'absent'],
    ]);
  });

  it('puts what is new before what was there in markdown', () => {
    const text = markdownReport.render(COMPARED);
    const at = (words: string): number => text.indexOf(words);
    expect(at('### New since `snapshot 20261001T120000Z-0a1b`')).toBeGreaterThan(0);
    expect(at('two active access keys')).toBeGreaterThan(at('### New since'));
    expect(at('### Worst of what was there before')).toBeGreaterThan(at('two active access keys'));
    expect(text).toContain('Against the baseline 1 new, 1 no longer there.');
  });

  it('leaves a report that compares nothing without a word of it', () => {
    expect(textOf(jsonReport.render(SMALL))).not.toContain('baseline');
    expect(sarifReport.render(SMALL)).not.toContain('baselineState');
    expect(markdownReport.render(SMALL)).not.toContain('baseline');
  });

  it('keeps json and sarif valid by their schemas', () => {
    const own = z.fromJSONSchema(
      JSON.parse(readFileSync(new URL('../../reports/json/schema.json', import.meta.url), 'utf8')),
    );
    expect(own.safeParse(JSON.parse(textOf(jsonReport.render(COMPARED)))).error).toBeUndefined();
    expect(sarifSchema.safeParse(JSON.parse(sarifReport.render(COMPARED))).error).toBeUndefined();
  });
});

function sarifResults(): readonly SarifResult[] {
  return JSON.parse(sarifReport.render(COMPARED)).runs[0].results;
}
