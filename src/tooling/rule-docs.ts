import type { Rule, RuleHeader, RuleParameter } from '#contract/rule.ts';
import { CATEGORIES } from '#model/finding.ts';

const INTRODUCTION = `# The rules

Every rule is written once over the model and holds in every system that has the feeds it needs. It answers \`fail\`, \`pass\` or \`unknown\` for each subject; where a feed that it needs was not collected the answer is \`unknown\`, never \`pass\`. Severity is one level higher for an identity that is an administrator for certain or lives in production, unless the rule says that its severity is fixed.

Thresholds are set under \`parameters:\` in the configuration, or all at once by \`profile:\` (\`default\`, \`cis\`, \`pci\` or \`strict\`). Ages and idle times are whole periods of 24 hours up to the time of the scan. [Writing rules](writing-rules.md) says how to add rules of your own.`;

/** The text of docs/rules.md: a list of all rules, then one section a rule. Pure; in the order of category and id. */
export function ruleDocs(rules: readonly Rule[]): string {
  const headers = rules.map(({ header }) => header).toSorted(byCategory);
  return [INTRODUCTION, headers.map(entry).join('\n'), ...headers.map(section)].join('\n\n').concat('\n');
}

function entry(header: RuleHeader): string {
  return `- [\`${header.id}\`](#${header.id}) (${header.category}, ${header.severity}): ${titleOf(header)}`;
}

function section(header: RuleHeader): string {
  const { id, category, severity, needs, params, about, remedy, playbook } = header;
  const facts = [
    `Category ${category}, severity ${severity}${header.fixedSeverity === true ? ' (fixed)' : ''}.`,
    header.systems === undefined ? 'All systems.' : `Systems: ${header.systems.join(', ')}.`,
    `Needs ${needs.join(', ')}.`,
    playbook === null ? '' : `Playbook \`${playbook}\`.`,
  ];
  const parameters = Object.entries(params).map(parameterLine);
  return [
    `## ${id}`,
    `**${titleOf(header)}**`,
    facts.filter((fact) => fact !== '').join(' '),
    about,
    ...(parameters.length === 0 ? [] : ['Parameters:', parameters.join('\n')]),
    'What to do:',
    remedy,
  ].join('\n\n');
}

function parameterLine([name, parameter]: readonly [string, RuleParameter]): string {
  const { min, max, about } = parameter;
  const value = Array.isArray(parameter.default) ? parameter.default.join(', ') : String(parameter.default);
  const range = min === undefined && max === undefined ? '' : `, ${min ?? 'any'} to ${max ?? 'any'}`;
  return `- \`${name}\` (default: ${value === '' ? 'none' : value}${range})${about === undefined ? '' : `: ${about}`}`;
}

/** The title with the default of each parameter in it. */
function titleOf({ title, params }: RuleHeader): string {
  return title.replace(/\{\{(.*?)\}\}/gu, (_, name: string) => String(params[name]?.default));
}

function byCategory(a: RuleHeader, b: RuleHeader): number {
  const order = CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category);
  if (order !== 0) return order;
  return a.id < b.id ? -1 : 1;
}
