import type { ControlResult, ControlStatus, FrameworkResult } from '#contract/framework.ts';
import type { ReportInput } from '#contract/report.ts';
import { SMALL } from './sample.ts';

/** A framework with a control of every status. */
export const FRAMEWORK: FrameworkResult = {
  id: 'own-1',
  title: 'Own controls',
  version: '1',
  source: 'https://own.example/controls',
  controls: [
    control('C-1', 'Keys', 'fail', { failed: 2, waived: 1, passed: 3 }),
    control('C-2', 'Use', 'unknown', { unknown: 1, passed: 1 }),
    control('C-3', 'Rights', 'pass', { passed: 4 }),
    control('C-4', 'Trust', 'not-measured', {}),
    { ...control('C-5', 'Doors', 'not-measured', {}), rules: [] },
  ],
};

export const WITH_FRAMEWORK: ReportInput = { ...SMALL, framework: FRAMEWORK };

/** The framework with a name from outside wherever one can stand. */
export function frameworkNamed(name: string): ReportInput {
  const { controls } = FRAMEWORK;
  const named = controls.map((each) => ({
    ...each,
    id: name,
    title: name,
    rules: each.rules.map((rule) => ({ ...rule, ruleId: name, rationale: name })),
  }));
  return { ...SMALL, framework: { ...FRAMEWORK, title: name, version: name, controls: named } };
}

function control(
  id: string,
  title: string,
  status: ControlStatus,
  counts: Partial<Pick<ControlResult, 'passed' | 'failed' | 'unknown' | 'waived'>>,
): ControlResult {
  const answers = { status, passed: 0, failed: 0, unknown: 0, waived: 0, ...counts };
  return {
    id,
    title,
    ...answers,
    rules: [{ ruleId: 'two-active-keys', relation: 'subset', rationale: 'a part of it', ...answers }],
  };
}
