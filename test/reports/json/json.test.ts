import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jsonReport } from '#reports/json/index.ts';
import { reportSchema } from '#reports/json/schema.ts';
import { hostileText, inputNamed, shuffledSmall } from '../hostile.ts';
import { charted } from '../charted-sample.ts';
import { EMPTY, SMALL, rule } from '../sample.ts';
import { textOf } from '../text-of.ts';

const SCHEMA_FILE = new URL('../../../reports/json/schema.json', import.meta.url);

describe('the json report', () => {
  it('holds everything, keys and rows in order', async () => {
    await expect(textOf(jsonReport.render(SMALL))).toMatchFileSnapshot('../../golden/reports/report.json');
  });

  it('gives back what was put in', () => {
    const { schemaVersion, ...input } = JSON.parse(textOf(jsonReport.render(EMPTY)));
    expect(schemaVersion).toBe(1);
    expect(input).toEqual(EMPTY);
  });

  it('gives back names exactly and yet spells out in its text what cannot be seen', () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const text = textOf(jsonReport.render(inputNamed(name)));
        expect(JSON.parse(text).rules.map((each: { about: string }) => each.about)).toContain(name);
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it('does not depend on the order of its input', () => {
    const text = textOf(jsonReport.render(SMALL));
    fc.assert(
      fc.property(shuffledSmall, (input) => {
        expect(textOf(jsonReport.render(input))).toBe(text);
      }),
    );
  });

  it('holds what the pictures are drawn from, valid by the schema, and not the rows of single identities', () => {
    const report = JSON.parse(textOf(jsonReport.render(charted())));
    expect(report).toMatchObject({ adminWays: { left: 0 }, trend: [{ identities: 2 }, { identities: 2 }] });
    expect(Object.keys(report)).not.toContain('details');
    const published = z.fromJSONSchema(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')));
    expect(published.safeParse(report).error).toBeUndefined();
  });

  it('comes in a piece for each row, never as one string', () => {
    const pieces = [...jsonReport.render(SMALL)];
    expect(pieces.length).toBeGreaterThan(SMALL.findings.length + SMALL.identities.length);
  });

  it('leaves out the examples of rules', () => {
    const example = { name: 'old', given: {}, asOf: SMALL.snapshot.asOf, params: {}, expect: [] };
    const text = textOf(jsonReport.render({ ...EMPTY, rules: [rule({ id: 'r', examples: [example] })] }));
    expect(Object.keys(JSON.parse(text).rules[0])).not.toContain('examples');
  });
});

describe('the published schema', () => {
  it('is the one that the code declares', async () => {
    const made = JSON.stringify(z.toJSONSchema(reportSchema, { io: 'input' }));
    await expect(await format(made, { parser: 'json', printWidth: 110 })).toMatchFileSnapshot(
      SCHEMA_FILE.pathname,
    );
  });

  it('accepts the report, whatever names contain', () => {
    const published = z.fromJSONSchema(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')));
    fc.assert(
      fc.property(hostileText, (name) => {
        expect(published.safeParse(JSON.parse(textOf(jsonReport.render(inputNamed(name))))).success).toBe(
          true,
        );
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['a severity that does not exist', { findings: [{ ...SMALL.findings[0], severity: 'dire' }] }],
    ['a finding without evidence', { findings: [{ ...SMALL.findings[0], evidence: undefined }] }],
    ['a coverage status that does not exist', { coverage: [{ ...SMALL.coverage[0], status: 'fine' }] }],
    ['another version', { schemaVersion: 2 }],
  ])('refuses %s', (_, change) => {
    const published = z.fromJSONSchema(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')));
    const report = { ...JSON.parse(textOf(jsonReport.render(SMALL))), ...change };
    expect(published.safeParse(JSON.parse(JSON.stringify(report))).success).toBe(false);
  });
});
