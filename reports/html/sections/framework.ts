import type {
  ControlResult,
  ControlRuleResult,
  ControlStatus,
  FrameworkResult,
} from '#contract/framework.ts';
import { CONTROL_MARKS, FRAMEWORK_NOTE, frameworkText, unmeasuredText } from '../../framework-words.ts';
import { addressPart, clip } from '../../inert-text.ts';
import { counted, grouped, UNKNOWN_MARK } from '../../words.ts';
import { markup } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { mark, SHOWN_NAME, table } from './parts.ts';

const ROWS = 1_000;

const COLUMNS = [
  { title: 'Status' },
  { title: 'Control' },
  { title: 'Rules that speak to it' },
  { title: 'Fail', className: 'n' },
  { title: 'of them waived', className: 'n' },
  { title: mark(UNKNOWN_MARK, 'unknown'), className: 'n' },
  { title: 'Pass', className: 'n' },
];

const TONES: Readonly<Record<ControlStatus, string>> = {
  fail: 'high',
  unknown: 'unknown',
  'not-measured': 'unknown',
  pass: 'complete',
};

/** The answers by the controls of a framework, in its order; a control that nothing measured says so. */
export function frameworkSection(framework: FrameworkResult): Markup {
  const { title, version, controls } = framework;
  return markup`<h2 tabindex="-1">${clip(title, SHOWN_NAME)} <bdi>${clip(version, SHOWN_NAME)}</bdi></h2>
<p class="lead">${frameworkText(framework)}</p>
<p>${FRAMEWORK_NOTE}</p>
${table('Controls and the answers of their rules', COLUMNS, controls.slice(0, ROWS).map(controlRow))}
${controls.length > ROWS ? markup`<p class="note">${counted(controls.length - ROWS, 'more control')} in the json report.</p>` : null}`;
}

function controlRow(control: ControlResult): Markup {
  const unmeasured = unmeasuredText(control);
  return markup`<tr><td>${mark(CONTROL_MARKS[control.status], TONES[control.status])}</td><th scope="row"><code>${clip(control.id, SHOWN_NAME)}</code> <span class="under">${clip(control.title, SHOWN_NAME)}</span></th><td>${control.rules.map(ruleLine)}${unmeasured === null ? null : markup`<p class="tone-unknown">${unmeasured}</p>`}</td><td class="n">${grouped(control.failed)}</td><td class="n">${grouped(control.waived)}</td><td class="n">${grouped(control.unknown)}</td><td class="n">${grouped(control.passed)}</td></tr>`;
}

function ruleLine({ ruleId, rationale, status }: ControlRuleResult): Markup {
  const name = clip(ruleId, SHOWN_NAME);
  return markup`<p><a href="#/findings?rule=${addressPart(ruleId)}">${name}</a> ${mark(CONTROL_MARKS[status], TONES[status])} <span class="under">${clip(rationale, SHOWN_NAME)}</span></p>`;
}
