import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { htmlReport } from '#reports/html/index.ts';
import { jsonReport } from '#reports/json/index.ts';
import { markdownReport } from '#reports/markdown/index.ts';
import { drifted } from './drifted-sample.ts';
import { HOSTILE_NAMES } from './hostile.ts';
import { SMALL } from './sample.ts';
import { textOf } from './text-of.ts';

const SCHEMA_FILE = new URL('../../reports/json/schema.json', import.meta.url);

describe('drift in reports', () => {
  it('says in html who gained and lost what, why, by whom, whether it was approved, and what no code describes', () => {
    const page = htmlReport.render(drifted());
    const section = /<section data-view="drift">([\s\S]*?)<\/section>/u.exec(page)?.[1] ?? '';
    const text = section.replaceAll(/<[^>]*>/gu, ' ').replaceAll(/\s+/gu, ' ');
    expect(text).toContain('1 gained, 1 lost and 3 more changes');
    expect(text).toContain('can admin on deploy');
    expect(text).toContain(
      'because role deploy is changed by the provider: {&#34;deploy&#34;:1} → {&#34;deploy&#34;:2}',
    );
    expect(text).toContain('by deploy: AttachRolePolicy, 2026-11-01T11:00:00.000Z (aws:cloudtrail)');
    expect(text).toContain('by whom is not known: no log of AWS was collected');
    expect(text).toContain('not approved 20261101T120000Z-1f3a');
    expect(text).toContain('approved by deploy');
    expect(text).toContain('Not in the code 1 grant');
    expect(text).toContain('gives admin');
    expect(page).toContain('data-tab="drift"');
  });

  it('says so in markdown, and counts what it leaves out', () => {
    const text = markdownReport.render(drifted());
    expect(text).toContain('### Drift from `deploy`');
    expect(text).toContain('`can admin on deploy`');
    expect(text).toContain('3 more changes left out for length');
    expect(text).toContain('Not in the code: 1 grant.');
  });

  it('is all in json, valid by the schema', () => {
    const report = JSON.parse(textOf(jsonReport.render(drifted())));
    expect(report.drift).toEqual(drifted().drift);
    const published = z.fromJSONSchema(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')));
    expect(published.safeParse(report).error).toBeUndefined();
  });

  it('is left out where nobody asked', () => {
    expect(htmlReport.render(SMALL)).not.toContain('data-tab="drift"');
    expect(markdownReport.render(SMALL)).not.toContain('Drift');
    expect(textOf(jsonReport.render(SMALL))).not.toContain('"drift"');
  });

  it('keeps names from outside from being markup, whatever they are', () => {
    for (const name of HOSTILE_NAMES) {
      const page = htmlReport.render(drifted(name));
      const section = /<section data-view="drift">([\s\S]*?)<\/section>/u.exec(page)?.[1] ?? '';
      const tags = new Set([...section.matchAll(/<\/?([a-z\d]+)/giu)].map(([, tag]) => tag));
      expect([...tags].filter((tag) => /script|img|b$/iu.test(tag ?? ''))).toEqual([]);
      const lines = markdownReport.render(drifted(name)).split('\n');
      const rows = lines.filter((line) => line.startsWith('| + gained'));
      expect(rows).toHaveLength(1);
      expect(rows[0]?.replaceAll(/\\./gu, '').split(' | ')).toHaveLength(5);
      const report = JSON.parse(textOf(jsonReport.render(drifted(name))));
      expect(report.drift.from).toBe(name);
    }
  });
});
