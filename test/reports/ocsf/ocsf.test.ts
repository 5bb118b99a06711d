import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportInput } from '#contract/report.ts';
import { ocsfReport } from '#reports/ocsf/index.ts';
import { WITH_FRAMEWORK } from '../framework-sample.ts';
import { hostileText, inputNamed, shuffledSmall } from '../hostile.ts';
import { ACCOUNT, EMPTY, finding, identity, SMALL } from '../sample.ts';
import { missing } from './required.ts';
import { textOf } from '../text-of.ts';

describe('the ocsf report', () => {
  it('has an event a line for each finding and each control', async () => {
    await expect(textOf(ocsfReport.render(WITH_FRAMEWORK))).toMatchFileSnapshot(
      '../../golden/reports/ocsf.ndjson',
    );
    expect(events(WITH_FRAMEWORK)).toHaveLength(3 + 5);
    expect(textOf(ocsfReport.render(EMPTY))).toBe('');
  });

  it('has all that the classes require, whatever names contain', () => {
    expect(events(WITH_FRAMEWORK).flatMap(missing)).toEqual([]);
    fc.assert(
      fc.property(hostileText, (name) => {
        const text = textOf(ocsfReport.render(inputNamed(name)));
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(parsed(text).flatMap(missing)).toEqual([]);
        expect(parsed(text)).toHaveLength(SMALL.findings.length + 1);
      }),
    );
  });

  it('is tested by a table that sees what is missing', () => {
    const [event = {}] = events(SMALL);
    expect(missing({ ...event, time: undefined, finding_info: {} })).toEqual(['time', 'finding_info.uid']);
    expect(
      missing({ ...event, permission_analysis_results: undefined, identity_activity_metrics: undefined }),
    ).toEqual(['an analysis']);
  });

  it('does not depend on the order of its input', () => {
    const text = textOf(ocsfReport.render(SMALL));
    fc.assert(
      fc.property(shuffledSmall, (input) => {
        expect(textOf(ocsfReport.render(input))).toBe(text);
      }),
    );
  });

  it('is an IAM analysis where it is known what the identity may do or when it was seen', () => {
    const plain = { uid: 'u', system: 'aws', scopeUid: ACCOUNT } as const;
    const findings = [finding({ id: 'f', identityUid: 'u' })];
    const classOf = (row: Partial<ReportInput['identities'][number]>): unknown =>
      events({ ...EMPTY, identities: [identity({ ...plain, ...row })], findings })[0]?.['class_uid'];
    expect(classOf({ capabilities: ['admin'] })).toBe(2008);
    expect(classOf({ lastUsedAt: '2026-10-30T08:15:00.000Z' })).toBe(2008);
    expect(classOf({})).toBe(2003);
    expect(events({ ...EMPTY, findings })[0]?.['class_uid']).toBe(2003);
  });

  it('is a compliance finding with a warning where a rule could not decide', () => {
    const unknown = events(SMALL).find((event) => String(event['message']).startsWith('Unknown: '));
    expect(unknown).toMatchObject({
      class_uid: 2003,
      compliance: { status_id: 2, status: 'Warning', control: 'unused-identity' },
    });
  });

  it('updates what a snapshot before had, and creates what is new', () => {
    const activities = events(SMALL).map(({ activity_id, type_uid }) => [activity_id, type_uid]);
    expect(activities).toEqual([
      [2, 200802],
      [1, 200801],
      [1, 200301],
    ]);
  });

  it('never says of a control that was not measured that it passed', () => {
    const controls = events(WITH_FRAMEWORK).slice(-5);
    expect(controls.map((event) => event['compliance'])).toMatchObject([
      { control: 'C-1', status: 'Fail' },
      { control: 'C-2', status: 'Warning' },
      { control: 'C-3', status: 'Pass' },
      { control: 'C-4', status: 'Unknown' },
      { control: 'C-5', status: 'Unknown' },
    ]);
  });
});

type Event = Readonly<Record<string, unknown>>;

function events(input: ReportInput): Event[] {
  return parsed(textOf(ocsfReport.render(input)));
}

function parsed(text: string): Event[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Event => JSON.parse(line));
}
