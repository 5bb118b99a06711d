import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sarifReport } from '#reports/sarif/index.ts';
import { message } from '#reports/sarif/text.ts';
import { hostileText, inputNamed, largeInput, shuffledSmall } from '../hostile.ts';
import { EMPTY, finding, SMALL } from '../sample.ts';
import { sarifSchema as schema } from './published-schema.ts';

describe('the sarif report', () => {
  it('holds rules, results, places and what was not read', async () => {
    await expect(sarifReport.render(SMALL)).toMatchFileSnapshot('../../golden/reports/findings.sarif');
  });

  it('is valid by the published schema, whatever names contain', () => {
    expect(schema.safeParse(JSON.parse(sarifReport.render(EMPTY))).error).toBeUndefined();
    fc.assert(
      fc.property(hostileText, (name) => {
        expect(schema.safeParse(JSON.parse(sarifReport.render(inputNamed(name)))).error).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  it('is tested against a schema that refuses what is wrong', () => {
    const log = JSON.parse(sarifReport.render(SMALL));
    log.runs[0].results[0].kind = 'odd';
    expect(schema.safeParse(log).success).toBe(false);
  });

  it('does not depend on the order of its input', () => {
    const text = sarifReport.render(SMALL);
    fc.assert(
      fc.property(shuffledSmall, (input) => {
        expect(sarifReport.render(input)).toBe(text);
      }),
    );
  });

  it('gives failures a level and leaves unknown answers open, with none', () => {
    const findings = (['critical', 'medium', 'info'] as const).flatMap((severity) => [
      finding({ id: `${severity} f`, severity }),
      finding({ id: `${severity} u`, severity, status: 'unknown' }),
    ]);
    expect(resultsOf({ ...SMALL, findings }).map(({ kind, level }) => [kind, level])).toEqual([
      ['fail', 'error'],
      ['open', 'none'],
      ['fail', 'warning'],
      ['open', 'none'],
      ['fail', 'note'],
      ['open', 'none'],
    ]);
  });

  it('points from each result to its rule, and knows results whose rule is not there', () => {
    const findings = [finding({ id: 'a', ruleId: 'gone' }), ...SMALL.findings];
    const [run] = JSON.parse(sarifReport.render({ ...SMALL, findings })).runs;
    for (const { ruleId, ruleIndex } of run.results) {
      expect(ruleIndex === undefined ? undefined : run.tool.driver.rules[ruleIndex].id).toBe(
        ruleId === 'gone' ? undefined : ruleId,
      );
    }
  });

  it('gives every result a place within the inventory that no name leads out of', () => {
    const odd = ['..', '.', '/', '../../etc/passwd', 'https://evil.example/', '\\', '#', '?', ' '];
    for (const identityUid of odd) {
      const [result] = resultsOf({ ...EMPTY, findings: [finding({ id: 'f', identityUid })] });
      const { uri } = result?.locations[0]?.physicalLocation.artifactLocation ?? { uri: '' };
      const { href } = new URL(uri, 'https://repository.example/');
      expect(href, identityUid).toMatch(/^https:\/\/repository\.example\/inventory\/aws\/[^/?#]+\.json$/u);
    }
  });

  it('has a place for what belongs to no identity and no system', () => {
    const nowhere = { identityUid: null, subjectUid: null, scopeUid: null, system: null };
    const [result] = resultsOf({ ...EMPTY, findings: [finding({ id: 'f', ...nowhere })] });
    expect(result?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(
      'inventory/unplaced/unused-identity.json',
    );
  });

  it('keeps the worst 25,000 results and says how many it left out', () => {
    const [run] = JSON.parse(sarifReport.render(largeInput(25_010))).runs;
    expect(run.results).toHaveLength(25_000);
    expect(run.results.at(0).level).toBe('error');
    expect(run.results.at(-1).properties.severity).toBe('info');
    expect(run.invocations[0].toolExecutionNotifications[0]).toMatchObject({
      descriptor: { id: 'results-left-out' },
      message: { text: expect.stringContaining('10 more results left out') },
    });
  });
});

describe('a message in sarif', () => {
  it('is no link and no placeholder', () => {
    expect(message('[a](https://evil.example) {0}').text).toBe('[a] (https://evil.example) {{0}}');
    fc.assert(
      fc.property(hostileText, (name) => {
        expect(message(name).text.replace(/\{\{|\}\}/gu, '')).not.toMatch(/\]\(|[{}\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});

interface Result {
  readonly kind: string;
  readonly level: string;
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
  }[];
}

function resultsOf(input: typeof SMALL): readonly Result[] {
  return JSON.parse(sarifReport.render(input)).runs[0].results;
}
