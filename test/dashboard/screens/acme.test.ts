import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCREENS } from '#dashboard/screens/index.ts';
import { cellsOf } from '#dashboard/text/cells.ts';
import { AS_OF } from '#tooling/acme/clock.ts';
import { runCli } from '../../cli/run-cli.ts';
import { listRows, listScreen, pageScreen, pageText, previewText, screensOver } from './screens-over.ts';

const ACME = join(process.cwd(), 'examples/acme');
const RUNNER = 'arn:aws:iam::444455556666:role/integration-runner';
const LISTS = SCREENS.tabs.filter(({ kind }) => kind === 'list').map(({ id }) => id);

let folder = '';

// One scan for all of them: it is only read.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nhi-acme-'));
  const imports = ['aws', 'kubernetes'].flatMap((system) => ['--import', join(ACME, system)]);
  const { code, stderr } = await runCli(folder, [
    'scan',
    ...imports,
    '--as-of',
    AS_OF,
    '--data',
    folder,
    '--quiet',
  ]);
  if (code !== 0) throw new Error(stderr);
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the screens over the demonstration estate', () => {
  it.each(LISTS.filter((id) => id !== 'revocations'))(
    'open a page for a row of the list of %s',
    async (id) => {
      const data = await screensOver(folder);
      const rows = await listRows(id, data);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of [rows[0], rows.at(-1)]) {
        const link = row && listScreen(id).open?.(row);
        if (link?.subject === undefined) continue;
        const lines = await pageScreen(link.screen).lines(link.subject, 78, data);
        expect(lines.length).toBeGreaterThan(0);
      }
    },
  );

  it.each(LISTS)('have a key of its own for each row of the list of %s', async (id) => {
    const keys = (await listRows(id, await screensOver(folder))).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(LISTS)('sort the list of %s by any of its columns', async (id) => {
    const data = await screensOver(folder);
    const { columns, rows } = listScreen(id);
    const made = rows(data);
    const sample =
      made.kind === 'select'
        ? await data.reader.all(`SELECT * FROM (${made.sql}) LIMIT 1`)
        : (await made.read()).slice(0, 1);
    for (const row of sample) {
      const missing = columns
        .flatMap(({ key, sortKey }) => [key, sortKey ?? key])
        .filter((name) => !(name in row));
      expect(missing).toEqual([]);
    }
  });

  it('draw the way of a runner in one account to an administrator of the other', async () => {
    const lines = await pageText('identity', RUNNER, 78, await screensOver(folder));
    const from = lines.indexOf('Way to administrator');
    expect(lines.slice(from, from + 7)).toEqual([
      'Way to administrator',
      '  arn:aws:iam::444455556666:role/integration-runner',
      '  └─ assume-role (sts:AssumeRole)',
      '     arn:aws:iam::111122223333:role/release-coordinator',
      '     └─ assume-role (sts:AssumeRole)',
      '        arn:aws:iam::111122223333:role/release-admin',
      '  The path is certain.',
    ]);
  });

  it('fit their panes on 80 and 120 columns', async () => {
    const data = await screensOver(folder);
    for (const columns of [78, 118]) {
      for (const [id, subject] of [
        ['overview', undefined],
        ['identity', RUNNER],
        ['plan', RUNNER],
        ['rule', 'no-owner'],
      ] as const) {
        const wide = (await pageText(id, subject, columns, data)).filter((text) => cellsOf(text) > columns);
        expect(wide, `${id} on ${columns}`).toEqual([]);
      }
    }
  });

  it('are drawn with ASCII alone where it is asked to', async () => {
    const data = await screensOver(folder, { ascii: true });
    const [row] = await listRows('findings', data);
    const texts = [
      ...(await pageText('overview', undefined, 78, data)),
      ...(await pageText('identity', RUNNER, 78, data)),
      ...(await previewText('findings', row, data)),
      ...Object.values(row ?? {}).map(String),
    ];
    expect(texts.filter((text) => /[^ -~]/u.test(text))).toEqual([]);
  });
});
