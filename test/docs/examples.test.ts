import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { programForTest } from '../cli/program-for-test.ts';
import { runCli } from '../cli/run-cli.ts';
import { blocksOf, inlineCodeOf, PAGES, type Block } from './blocks.ts';
import { exampleEstates, type Estates } from './example-estate.ts';
import { callsIn, type Call } from './shell.ts';

// How a block of ```sh or ```console is taken, by words behind the language:
//   fresh    from here on, the page runs in a folder with exports and nothing else
//   live     needs a system or a terminal that is not here: its command lines are parsed and not run
//   exit=N   its commands end with this code

let estates: Estates;

beforeAll(async () => {
  estates = await exampleEstates();
}, 120_000);

afterAll(() => estates.remove());

const examples = (page: string) =>
  blocksOf(page).filter(
    ({ language, text }) => /^(?:sh|console|bash)$/u.test(language) && callsIn(text).length > 0,
  );

const queries = PAGES.flatMap(blocksOf)
  .filter(({ language }) => language === 'sql')
  .map((block) => [`${block.page}:${block.line}`, block] as const);

const pages = PAGES.filter((page) => examples(page).length > 0);

describe('the examples in the documentation', () => {
  it('are there', () => {
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/quick-start.md', 'docs/gate.md']));
  });

  it.each(pages)(
    'do what %s says',
    async (page) => {
      let folder = await estates.scanned();
      const problems: string[] = [];
      for (const block of examples(page)) {
        if (block.words.includes('fresh')) folder = await estates.fresh();
        for (const call of callsIn(block.text)) {
          const problem = isOnlyParsed(block, call)
            ? mistakeIn(call)
            : await problemWith(folder, block, call);
          if (problem !== null)
            problems.push(`${page}:${block.line}: nhi ${call.words.join(' ')}\n${problem}`);
        }
      }
      expect(problems).toEqual([]);
    },
    120_000,
  );

  it.each(queries)('run as the SQL or the rule that they are: %s', async (_place, { text }) => {
    const folder = await estates.scanned();
    const [, rule] = /^\/\*---\nid: (\S+)$/mu.exec(text) ?? [];
    const file = join(folder, `${rule}.sql`);
    if (rule !== undefined) await writeFile(file, text);
    const words = rule === undefined ? ['sql', text] : ['rules', 'check', '--quiet', file];
    const { code, stdout, stderr } = await runCli(folder, words);
    expect({ code, said: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, said: '' });
  });

  it('name only commands and options that exist, within sentences too', () => {
    const program = programForTest();
    const wrong = PAGES.flatMap((page) =>
      inlineCodeOf(page)
        .filter((code) => code.startsWith('nhi '))
        .flatMap((code) => strangersIn(program, code).map((word) => `${page}: ${code}: ${word}`)),
    );
    expect(wrong).toEqual([]);
  });
});

/** What needs a live system, and what has a placeholder or a variable in it, is not run. */
function isOnlyParsed({ words }: Block, call: Call): boolean {
  return words.includes('live') || call.words.some((word) => /[$`…]|^[A-Z][A-Z_]+$/u.test(word));
}

/** What the program does not understand of a command line. */
function mistakeIn({ words }: Call): string | null {
  try {
    programForTest().parse(words, { from: 'user' });
    return null;
  } catch (error) {
    return String(error);
  }
}

/** What a call does otherwise than the example says. */
async function problemWith(folder: string, { words }: Block, call: Call): Promise<string | null> {
  const { code, stdout, stderr } = await runCli(folder, call.words, { env: { HOME: join(folder, 'home') } });
  if (call.file !== null && !call.file.includes('$')) await writeFile(join(folder, call.file), stdout);
  const stated = words.find((word) => word.startsWith('exit='))?.slice('exit='.length);
  const codes = stated === undefined ? verdicts(call.words[0] ?? '') : [Number(stated)];
  if (!codes.includes(code)) return `exit code ${code}: ${stdout.slice(0, 500)}${stderr}`;
  if (call.shown === null || pattern(call.shown).test(lines(stdout))) return null;
  return `shown is\n${call.shown}\nprinted is\n${stdout}`;
}

/** The codes that are answers: docs/commands.md. */
function verdicts(command: string): readonly number[] {
  if (command === 'gate' || command === 'agent') return [0, 1, 3, 4];
  return command === 'waivers' ? [0, 4] : [0];
}

/** What is shown, in which `…` stands for anything. */
function pattern(shown: string): RegExp {
  const parts = lines(shown)
    .split('…')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&'));
  return new RegExp(`^${parts.join('[^]*?')}$`, 'u');
}

function lines(text: string): string {
  return text.replaceAll(/[ \t]+$/gmu, '').trim();
}

/** Words of a command line that are neither a command nor an option where they stand. */
function strangersIn(program: Command, code: string): string[] {
  let command = program;
  const strangers: string[] = [];
  let isNaming = true;
  for (const word of code.split(/\s+/u).slice(1)) {
    const option = /^\[?(--?[a-z][a-z-]*)/u.exec(word)?.[1];
    if (option !== undefined) {
      isNaming = false;
      const taking = [command, ...command.commands, program];
      const known = taking
        .flatMap(({ options }) => options)
        .some(({ long, short }) => long === option || short === option);
      if (!known && option !== '--help') strangers.push(option);
      continue;
    }
    const next = isNaming ? command.commands.find((each) => each.name() === word) : undefined;
    if (next !== undefined) command = next;
    else {
      if (isNaming && command.commands.length > 0 && /^[a-z-]+$/u.test(word)) strangers.push(word);
      isNaming = false;
    }
  }
  return strangers;
}
