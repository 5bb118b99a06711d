import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** A fenced block of a page: ```language and words. */
export interface Block {
  readonly page: string;
  /** The line of the fence, from 1. */
  readonly line: number;
  readonly language: string;
  readonly words: readonly string[];
  readonly text: string;
}

/** The pages for users. */
export const PAGES: readonly string[] = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

/** The blocks of a page in order. */
export function blocksOf(page: string): Block[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/^```(\S+)[ \t]*([^\n]*)\n(.*?)^```[ \t]*$/gmsu)].map((match) => ({
    page,
    line: text.slice(0, match.index).split('\n').length,
    language: match[1] ?? '',
    words: (match[2] ?? '').split(/\s+/u).filter((word) => word !== ''),
    text: match[3] ?? '',
  }));
}

/** The pieces of code within a page's sentences and tables. */
export function inlineCodeOf(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8').replaceAll(/^```.*?^```/gmsu, '');
  return [...text.matchAll(/`([^`\n]+)`/gu)].map(([, code = '']) => code);
}
