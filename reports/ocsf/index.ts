import { defineReport } from '#contract/report.ts';
import type { ReportInput } from '#contract/report.ts';
import { inertJson } from '../inert-json.ts';
import { lookup } from '../lookup.ts';
import { ordered } from '../order.ts';
import { controlEvent } from './control-event.ts';
import { findingEvent } from './finding-event.ts';

/**
 * OCSF 1.6 events, one a line, for SIEMs and data lakes: a finding on an identity is an IAM Analysis Finding, and what
 * could not be decided or is about no identity a Compliance Finding, as is each control of a framework.
 * https://schema.ocsf.io/1.6.0/classes/iam_analysis_finding
 * https://schema.ocsf.io/1.6.0/classes/compliance_finding
 */
export const ocsfReport = defineReport({
  format: 'ocsf',
  title: 'Findings as OCSF events',
  extension: 'ndjson',
  render: renderOcsf,
});

function* renderOcsf(input: ReportInput): Generator<string, void, undefined> {
  const sorted = ordered(input);
  const by = lookup(sorted);
  const { snapshot, framework } = sorted;
  for (const finding of sorted.findings) yield `${inertJson(findingEvent(finding, by, snapshot))}\n`;
  if (framework === undefined) return;
  for (const control of framework.controls) {
    yield `${inertJson(controlEvent(control, framework, snapshot))}\n`;
  }
}
