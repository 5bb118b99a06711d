import type { ControlResult, FrameworkResult } from '#contract/framework.ts';
import { fit } from '../fit.ts';
import { CONTROL_MARKS, FRAMEWORK_NOTE, frameworkText, unmeasuredText } from '../framework-words.ts';
import { counted, grouped } from '../words.ts';
import { code, prose, row, table } from './escape.ts';

const LIMIT = { rows: 100, bytes: 12_000 };

/** The answers by the controls of a framework, in its order. */
export function frameworkSection(framework: FrameworkResult | undefined): string[] {
  if (framework === undefined) return [];
  const rows = framework.controls.slice(0, LIMIT.rows).map(controlRow);
  const { kept } = fit(rows, LIMIT.bytes, (line) => `${line}\n`);
  const left = framework.controls.length - kept.length;
  return [
    `### ${prose(framework.title)} ${prose(framework.version)}`,
    '',
    `**${frameworkText(framework)}** ${FRAMEWORK_NOTE}`,
    '',
    ...table(['Status', 'Control', 'Failed:', 'Waived:', 'Unknown:', 'Passed:', 'Rules'], kept),
    ...(left === 0
      ? []
      : [
          '',
          `${counted(left, 'more control')} left out for length. The html and json reports hold them all.`,
        ]),
  ];
}

function controlRow(control: ControlResult): string {
  const { glyph, word } = CONTROL_MARKS[control.status];
  const unmeasured = unmeasuredText(control);
  return row([
    `${glyph} ${word}`,
    `${code(control.id)} ${prose(control.title)}`,
    grouped(control.failed),
    grouped(control.waived),
    grouped(control.unknown),
    grouped(control.passed),
    [...control.rules.map((rule) => code(rule.ruleId)), ...(unmeasured === null ? [] : [unmeasured])].join(
      '<br>',
    ),
  ]);
}
