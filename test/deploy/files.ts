import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { programForTest } from '../cli/program-for-test.ts';

export const ROOT = join(import.meta.dirname, '../..');

/** An object of a file, of which anything may be asked. */
export type Plain = { readonly [key: string]: Plain } & readonly Plain[] & string;

/** A file of the repository. */
export function textOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** A YAML file of the repository, which is one document. */
export function yamlOf(file: string): Plain {
  return parse(textOf(file)) as Plain;
}

/** The names of what lies in a folder of the repository, sorted. */
export function namesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder)).toSorted();
}

/** What package.json says. */
export const PACKAGE = JSON.parse(textOf('package.json')) as {
  readonly version: string;
  readonly bin: { readonly nhi: string };
};

/** Whether the program takes these words: nothing is run. Throws commander's error where it does not. */
export function parseWords(words: readonly string[]): void {
  programForTest().parse(words, { from: 'user' });
}
