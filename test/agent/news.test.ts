import { describe, expect, it } from 'vitest';
import { newsOf, newsOfFailure } from '#agent/news.ts';
import { NOTHING_TOLD } from '#agent/told.ts';
import type { DriftFact, RunFacts } from '#agent/facts.ts';
import { facts, finding } from './world.ts';

const keys = ({ items }: { readonly items: readonly { readonly key: string }[] }) =>
  items.map(({ key }) => key);
/** The news of the last of several scans, each told. */
const lastOf = (...scans: readonly Partial<RunFacts>[]) => {
  let news = newsOf(NOTHING_TOLD, facts());
  for (const scan of scans) news = newsOf(news.told, facts(scan));
  return keys(news);
};
const DRIFT: DriftFact = {
  kind: 'entitlement',
  direction: 'gained',
  scopeUid: 'aws:1',
  identityUid: 'arn:aws:iam::1:user/a',
  key: 'admin',
  after: 'certain',
  baseline: 'entitlements.yaml',
};
const LOST: RunFacts['feeds'] = [{ scopeUid: 'aws:1', feed: 'identities', complete: false }];

describe('news', () => {
  it('are findings that were not told', () => {
    const [a, b] = [finding('a'), finding('b')];
    expect(lastOf({ findings: [a, b] })).toEqual(['finding a fail critical', 'finding b fail critical']);
    expect(lastOf({ findings: [a] }, { findings: [a, b] })).toEqual(['finding b fail critical']);
    expect(lastOf({ findings: [a] }, { findings: [a] })).toEqual([]);
  });

  it('are findings that became worse, and not those that became milder', () => {
    const [mild, severe] = [finding('a', { severity: 'low' }), finding('a')];
    expect(lastOf({ findings: [mild] }, { findings: [severe] })).toEqual(['finding a fail critical']);
    expect(lastOf({ findings: [severe] }, { findings: [mild] })).toEqual([]);
  });

  it('are findings that were gone and came back', () => {
    const a = finding('a');
    expect(lastOf({ findings: [a] }, {}, { findings: [a] })).toEqual(['finding a fail critical']);
  });

  it('are no findings that came back with a scope that could not be read meanwhile', () => {
    const a = finding('a');
    expect(lastOf({ findings: [a] }, { feeds: LOST }, { findings: [a] })).toEqual([]);
    expect(lastOf({ findings: [a] }, { feeds: LOST }, { feeds: LOST }, { findings: [a] })).toEqual([]);
  });

  it('are no findings that are waived or in the baseline, and answers for lack of data only where the gate fails', () => {
    const waived = finding('a', { outcome: 'waived' });
    const known = finding('b', { outcome: 'known' });
    const tolerated = finding('c', { status: 'unknown', outcome: 'warns' });
    const demanded = finding('d', { status: 'unknown' });
    expect(lastOf({ findings: [waived, known, tolerated, demanded] })).toEqual([
      'finding d unknown critical',
    ]);
  });

  it('are a waived finding whose waiver is over', () => {
    const waived = finding('a', { outcome: 'waived' });
    expect(lastOf({ findings: [waived] }, { findings: [finding('a')] })).toEqual(['finding a fail critical']);
  });

  it('are verdicts of the gate that turned, and a first one only where it fails', () => {
    const fail = { gate: { passed: false, causes: ['findings'] } };
    expect(lastOf({})).toEqual([]);
    expect(keys(newsOf(NOTHING_TOLD, facts(fail)))).toEqual(['gate fail']);
    expect(lastOf(fail, fail)).toEqual([]);
    expect(lastOf(fail, {})).toEqual(['gate pass']);
  });

  it('are drift and what was revoked and is there again, once', () => {
    const again = { ...DRIFT, kind: 'revoked', baseline: 'rev-1' };
    expect(lastOf({ drift: [DRIFT, again] })).toHaveLength(2);
    expect(lastOf({ drift: [DRIFT, again] }, { drift: [DRIFT, again] })).toEqual([]);
    expect(lastOf({ drift: [DRIFT] }, {}, { drift: [DRIFT] })).toHaveLength(1);
  });

  it('are feeds that were complete and are not any more, once, and again after they were complete', () => {
    expect(lastOf({ feeds: LOST })).toEqual(['coverage aws:1 identities']);
    expect(lastOf({ feeds: [] })).toEqual(['coverage aws:1 identities']);
    expect(lastOf({ feeds: LOST }, { feeds: LOST })).toEqual([]);
    expect(lastOf({ feeds: LOST }, {}, { feeds: LOST })).toEqual(['coverage aws:1 identities']);
  });

  it('are revocations that are not proved any more, or cannot be looked at', () => {
    const look = (verdict: string | null) => [{ revocation: 'rev-1', verdict, detail: null }];
    const proved = newsOf(NOTHING_TOLD, facts(), look('proved'));
    expect(keys(proved)).toEqual([]);
    const regressed = newsOf(proved.told, facts(), look('regressed'));
    expect(keys(regressed)).toEqual(['revocation rev-1 regressed']);
    expect(keys(newsOf(regressed.told, facts(), look('regressed')))).toEqual([]);
    expect(keys(newsOf(regressed.told, facts(), look(null)))).toEqual(['revocation rev-1 null']);
  });

  it('are a scan that fails, once, and that it works again', () => {
    const failed = newsOfFailure(NOTHING_TOLD, 'no route to host');
    expect(keys(failed)).toEqual(['run failed']);
    expect(keys(newsOfFailure(failed.told, 'no route to host'))).toEqual([]);
    expect(keys(newsOf(failed.told, facts()))).toEqual(['run recovered']);
  });
});
