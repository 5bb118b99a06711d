import { checkRules } from '#audit/check-rules.ts';
import type { Rule } from '#contract/rule.ts';
import { UsageError } from '#model/errors.ts';
import type { CommonOptions } from '../options.ts';
import type { RulesOptions } from '../commands/rules.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { note, print, type Io } from '../io.ts';
import { builtInRuleFiles, filledTitle, loadRulePack, type RulePack } from '../rule-pack.ts';
import { openScratch } from '../scratch.ts';
import { loadSettings } from '../settings.ts';
import { paintFor } from '../terminal/colour.ts';
import { printRows } from '../terminal/print-rows.ts';
import { sanitise } from '../terminal/sanitise.ts';
import { paintSeverity, severityLabel } from '../terminal/severity.ts';

/** `nhi rules list` */
export async function listRulesAction(options: RulesOptions, io: Io): Promise<ExitCode> {
  const { config } = await loadSettings(options, io);
  const pack = await loadRulePack(config, io, options.rules);
  const paint = paintFor(io, 'stdout', options.color);
  const rows = pack.rules.map((rule) => rowOf(rule, pack));
  await printRows(io, rows, {
    columns: [
      { title: 'RULE', value: (row) => row.id },
      { title: 'CATEGORY', value: (row) => row.category },
      {
        title: 'SEVERITY',
        value: (row) => severityLabel(row.severity),
        paint: (text, row) => paintSeverity(text, row.severity, paint),
      },
      { title: 'WHAT', value: (row) => row.title, flexible: true },
      { title: 'PARAMETERS', value: (row) => parametersText(row.parameters), flexible: true },
    ],
    format: options.format,
    colour: options.color,
    empty: 'No rules: every one is disabled.',
  });
  return EXIT.fine;
}

/** `nhi rules show` */
export async function showRuleAction(
  id: string,
  options: Omit<RulesOptions, 'format'>,
  io: Io,
): Promise<ExitCode> {
  const { config } = await loadSettings(options, io);
  const pack = await loadRulePack({ ...config, disable: [] }, io, options.rules);
  const rule = pack.rules.find(({ header }) => header.id === id);
  if (rule === undefined)
    throw new UsageError(`there is no rule ${id}`, { hint: 'nhi rules lists them all.' });
  const { header } = rule;
  const { bold, dim } = paintFor(io, 'stdout', options.color);
  const { title, parameters } = rowOf(rule, pack);
  const line = (label: string, value: string) =>
    value === '' ? '' : `  ${dim(label.padEnd(11))} ${value}\n`;
  await print(
    io,
    [
      `${bold(header.id)}  ${sanitise(title)}\n`,
      line('category', header.category),
      line('severity', header.severity),
      line('needs', header.needs.join(', ')),
      line('systems', header.systems?.join(', ') ?? ''),
      line('parameters', parametersText(parameters)),
      line('playbook', header.playbook ?? ''),
      line('file', rule.file),
      `\n${bold('About')}\n${indent(header.about)}\n${bold('What to do')}\n${indent(header.remedy)}`,
      `\n${bold('SQL')}\n${indent(rule.sql)}`,
    ].join(''),
  );
  return EXIT.fine;
}

/** `nhi rules check`: exit code 2 where a rule is wrong. */
export async function checkRulesAction(
  paths: readonly string[],
  options: CommonOptions,
  io: Io,
): Promise<ExitCode> {
  const { config } = await loadSettings(options, io);
  const files = paths.length > 0 ? paths : [...builtInRuleFiles(), ...config.rules];
  const { problems, checked } = await checkRules(files, {
    openScratch: () => openScratch(io),
    examples: true,
  });
  for (const { file, line, message } of problems) await print(io, `${file}:${line}: ${sanitise(message)}\n`);
  if (options.quiet !== true) {
    await note(
      io,
      `${checked} rules with their examples: ${problems.length === 0 ? 'fine' : `${problems.length} problems`}`,
    );
  }
  return problems.length === 0 ? EXIT.fine : EXIT.usage;
}

function rowOf({ header, builtIn, file }: Rule, pack: RulePack) {
  return {
    id: header.id,
    category: header.category,
    severity: header.severity,
    title: filledTitle(header, pack),
    needs: header.needs,
    systems: header.systems ?? null,
    parameters: pack.parameters[header.id] ?? {},
    playbook: header.playbook,
    built_in: builtIn,
    file: builtIn ? null : file,
  };
}

function parametersText(parameters: Readonly<Record<string, unknown>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${Array.isArray(value) ? value.join('|') : String(value)}`)
    .join(' ');
}

function indent(text: string): string {
  return `${sanitiseLines(text.trim()).replace(/^/gmu, '  ')}\n`;
}

function sanitiseLines(text: string): string {
  return text.split('\n').map(sanitise).join('\n');
}
