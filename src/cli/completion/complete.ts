import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { commandsOf, optionsOf, positionOf, type Position } from './position.ts';
import { valuesOf } from './values.ts';

/** A word that fits, and what it is. */
export interface Candidate {
  readonly word: string;
  readonly about: string;
}

/** What can stand in place of the last word. */
export interface Completion {
  readonly candidates: readonly Candidate[];
  /** Whether names of files, or of folders, fit too; the shell knows them best. */
  readonly paths: 'files' | 'folders' | null;
}

/** Characters that no shell gives a meaning to within a word: others are not offered. */
const HARMLESS = /^[\w@%+=:,./-]+$/u;

/** What fits in place of the last of the words after `nhi`. Reads folders, and never a snapshot; never throws for what it finds there. */
export async function complete(program: Command, words: readonly string[], io: Io): Promise<Completion> {
  const position = positionOf(program, words);
  const { candidates, paths } = await fitting(program, position, words, io);
  const begin = position.before + position.typed;
  return {
    candidates: candidates.filter(({ word }) => word.startsWith(begin) && HARMLESS.test(word)),
    paths,
  };
}

async function fitting(
  program: Command,
  position: Position,
  words: readonly string[],
  io: Io,
): Promise<Completion> {
  const { command, option, argument, typed, before } = position;
  const asked = option ?? argument;
  if (typed.startsWith('-') && position.mayBeOption) return { candidates: optionWords(command), paths: null };
  const { values, isList, paths } =
    asked === null
      ? { values: [], isList: false, paths: null }
      : await valuesOf(asked, { program, command, words }, io);
  // A list with commas goes on after the last of them.
  const start = isList ? typed.slice(0, typed.lastIndexOf(',') + 1) : '';
  const candidates = [
    ...(position.mayBeCommand ? commandWords(command) : []),
    ...values.map((value) => ({ word: before + start + value, about: '' })),
  ];
  const nothing = candidates.length === 0 && paths === null && position.mayBeOption;
  return { candidates: nothing ? optionWords(command) : candidates, paths };
}

function commandWords(command: Command): Candidate[] {
  return commandsOf(command).map((each) => ({
    word: each.name(),
    about: oneLine(each.summary() || each.description()),
  }));
}

function optionWords(command: Command): Candidate[] {
  const byWord = new Map(
    optionsOf(command).map(({ long, short, description }) => [long ?? short ?? '', oneLine(description)]),
  );
  return [...byWord].map(([word, about]) => ({ word, about }));
}

/** The first sentence, in one line. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(/\. .*$/u, '');
}
