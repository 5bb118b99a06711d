import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rule } from '#contract/rule.ts';
import { parseRule } from './parse-rule.ts';
import { rulesError, type RuleProblem } from './rule-problem.ts';

/** Rules that were read, and what is wrong with those that could not be. */
export interface LoadedRules {
  readonly rules: readonly Rule[];
  readonly problems: readonly RuleProblem[];
}

const MAX_BYTES = 256 * 1024;
const MAX_FILES = 2_000;
const MAX_DEPTH = 8;

/** Reads rule files and folders of them, sorted by id. Throws ConfigError where any of them is wrong: nothing is half read. */
export async function loadRules(paths: readonly string[], builtIn: boolean): Promise<readonly Rule[]> {
  const { rules, problems } = await readRules(paths, builtIn);
  if (problems.length > 0) throw rulesError(problems);
  return rules;
}

/** As loadRules, with every problem as a value. Links are not followed. */
export async function readRules(paths: readonly string[], builtIn: boolean): Promise<LoadedRules> {
  const rules: Rule[] = [];
  const problems: RuleProblem[] = [];
  for (const path of paths) {
    const found = await ruleFiles(path, 0);
    if ('problem' in found) problems.push(found.problem);
    else {
      for (const file of found.files) {
        const parsed = await readRule(file, builtIn);
        if (parsed.rule === null) problems.push(...parsed.problems);
        else rules.push(parsed.rule);
      }
    }
  }
  return { rules: rules.toSorted((a, b) => (a.header.id < b.header.id ? -1 : 1)), problems };
}

type FoundFiles = { readonly files: readonly string[] } | { readonly problem: RuleProblem };

async function ruleFiles(path: string, depth: number): Promise<FoundFiles> {
  const refuse = (message: string): FoundFiles => ({ problem: { file: path, line: 1, message } });
  try {
    if (!(await stat(path)).isDirectory()) return { files: [path] };
    if (depth > MAX_DEPTH) return refuse(`expected folders at most ${MAX_DEPTH} deep`);
    const files: string[] = [];
    for (const entry of (await readdir(path, { withFileTypes: true })).toSorted(byName)) {
      const inner = join(path, entry.name);
      if (entry.isFile() && entry.name.endsWith('.sql')) files.push(inner);
      if (entry.isDirectory() && !entry.name.startsWith('.')) {
        const found = await ruleFiles(inner, depth + 1);
        if ('problem' in found) return found;
        files.push(...found.files);
      }
    }
    return files.length > MAX_FILES ? refuse(`expected at most ${MAX_FILES} rule files`) : { files };
  } catch (error) {
    return refuse(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readRule(file: string, builtIn: boolean): Promise<ReturnType<typeof parseRule>> {
  const refuse = (message: string) => ({ rule: null, problems: [{ file, line: 1, message }] });
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES) return refuse(`expected at most ${MAX_BYTES} bytes, found ${size}`);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
    return parseRule(file, text, builtIn);
  } catch (error) {
    if (error instanceof TypeError) return refuse('expected UTF-8 text');
    return refuse(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
