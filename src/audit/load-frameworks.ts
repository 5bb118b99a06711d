import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { RELATIONS, type Framework } from '#contract/framework.ts';
import { ConfigError } from '#model/errors.ts';
import { readYaml, type LineOf } from './read-yaml.ts';
import { problemText, type RuleProblem } from './rule-problem.ts';

const MAX_BYTES = 512 * 1024;
const text = z.string().trim().min(1).max(500);

const controlSchema = z.strictObject({
  id: text,
  title: text,
  rules: z.record(z.string(), z.strictObject({ relation: z.enum(RELATIONS), rationale: text })),
});

const frameworkSchema = z.strictObject({
  title: text,
  version: text,
  source: z.url({ protocol: /^https$/u }),
  controls: z.array(controlSchema).min(1),
});

type WrittenFramework = z.output<typeof frameworkSchema>;

/** The names of the frameworks in a folder, sorted. */
export async function frameworkNames(folder: string): Promise<string[]> {
  const files = await readdir(folder);
  return files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .toSorted();
}

/**
 * Reads the framework of one file. `knownRules` are the ids that its controls may name; null: any. Throws ConfigError
 * that names file and line of every mistake: a framework is never half read.
 */
export async function loadFramework(
  file: string,
  knownRules: ReadonlySet<string> | null,
): Promise<Framework> {
  const read = readYaml(await readText(file), frameworkSchema, {
    file,
    linesAbove: 0,
    what: 'the framework',
  });
  if (read.value === null) throw frameworkError(read.problems);
  const problems = mistakes(file, read.value, read.lineOf, knownRules);
  if (problems.length > 0) throw frameworkError(problems);
  const controls = read.value.controls.map(({ id, title, rules }) => ({
    id,
    title,
    rules: Object.entries(rules).map(([ruleId, mapping]) => ({ ruleId, ...mapping })),
  }));
  return { ...read.value, id: basename(file).replace(/\.ya?ml$/u, ''), controls };
}

/** Reads every framework of a folder, in the order of their names. */
export async function loadFrameworks(
  folder: string,
  knownRules: ReadonlySet<string> | null,
): Promise<Framework[]> {
  const names = await frameworkNames(folder);
  return Promise.all(names.map((name) => loadFramework(join(folder, `${name}.yaml`), knownRules)));
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES)
      throw new ConfigError(`${file}:1: expected at most ${MAX_BYTES} bytes, found ${size}`);
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const why = error instanceof TypeError ? 'expected UTF-8 text' : 'cannot be read';
    throw new ConfigError(`${file}:1: ${why}`, {
      hint: error instanceof Error ? error.message : 'Check the path.',
      cause: error,
    });
  }
}

function mistakes(
  file: string,
  { controls }: WrittenFramework,
  lineOf: LineOf,
  knownRules: ReadonlySet<string> | null,
): RuleProblem[] {
  const seen = new Set<string>();
  return controls.flatMap(({ id, rules }, at) => {
    const repeated = seen.has(id);
    seen.add(id);
    const unknown = Object.keys(rules).filter((ruleId) => knownRules?.has(ruleId) === false);
    return [
      ...(repeated
        ? [{ file, line: lineOf(['controls', at, 'id']), message: `control ${id} is there already` }]
        : []),
      ...unknown.map((ruleId) => ({
        file,
        line: lineOf(['controls', at, 'rules', ruleId]),
        message: `control ${id}: there is no rule \`${ruleId}\``,
      })),
    ];
  });
}

function frameworkError(problems: readonly RuleProblem[]): ConfigError {
  const [first, ...others] = problems.map(problemText);
  return new ConfigError(first ?? 'the framework cannot be used', {
    hint: others.length === 0 ? 'docs/frameworks.md describes the format.' : `Also: ${others.join(' · ')}`,
  });
}
