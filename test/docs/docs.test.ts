import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempDir } from '../temp-dir.ts';
import { runCli } from '../cli/run-cli.ts';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = [
  ...readdirSync(ROOT).filter((file) => file.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

describe('the documentation', () => {
  it.each(PAGES)('has no broken link in %s', (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/gu)].map((match) => match[1] ?? '');
    const broken = links.filter(
      (link) => !/^https?:/u.test(link) && !existsSync(join(ROOT, dirname(page), link)),
    );
    expect(broken).toEqual([]);
  });

  it('names only commands and options that exist', async () => {
    const folder = await tempDir();
    const help = new Map<string, Promise<string>>();
    const helpOf = (command: string): Promise<string> => {
      const known = help.get(command) ?? runCli(folder, [command, '--help']).then(({ stdout }) => stdout);
      help.set(command, known);
      return known;
    };
    const wrong: string[] = [];
    for (const page of PAGES.filter((each) => each !== 'CHANGELOG.md')) {
      for (const [line, command = ''] of readFileSync(join(ROOT, page), 'utf8').matchAll(
        /^(?:npx )?nhi ([a-z-]+)[^\n`]*/gmu,
      )) {
        const text = await helpOf(command);
        if (!text.startsWith('Usage: nhi ')) wrong.push(`${page}: ${line}`);
        // Options of subcommands stand in the subcommands' own help.
        if (/^ {2}\w+.*\n/mu.test(text.split('Commands:')[1] ?? '')) continue;
        for (const [option] of line.matchAll(/--[a-z-]+/gu)) {
          if (!text.includes(option)) wrong.push(`${page}: ${command} ${option}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});
