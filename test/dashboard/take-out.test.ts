import { beforeAll, describe, expect, it } from 'vitest';
import type { DashboardHost } from '#dashboard/host.ts';
import { UsageError } from '#model/errors.ts';
import { expectShown, onScreen, type OnScreen } from './on-screen.tsx';
import { smallEstate } from './small-estate.ts';
import { smallHost } from './small-screens.ts';

const uid = (name: string): string => `arn:aws:iam::111111111111:role/${name}`;
let folder: string;

beforeAll(async () => {
  folder = await smallEstate('=cmd()');
});

/** A dashboard at the list of identities; what it writes is in `files`. */
async function atList(
  changes: Partial<DashboardHost> = {},
): Promise<OnScreen & { readonly files: Map<string, string> }> {
  const files = new Map<string, string>();
  async function save(name: string, parts: AsyncIterable<string>): Promise<string> {
    let text = '';
    for await (const part of parts) text += part;
    files.set(name, text);
    return `/here/${name}`;
  }
  const screen = onScreen(smallHost(folder, { save, ...changes }), { columns: 80, rows: 24 });
  await expectShown(screen, '41 identities');
  screen.type('2');
  await expectShown(screen, '> =cmd()');
  return { ...screen, files };
}

describe('copying', () => {
  it('takes the key of the row under the cursor', async () => {
    const screen = await atList();
    screen.type('j', 'c');
    await expectShown(screen, "Copied 1 key to the terminal's clipboard (OSC 52).");
    expect(screen.copied).toEqual([uid('team-0-app-00')]);
  });

  it('takes the keys of all marked rows, wherever they are', async () => {
    const screen = await atList();
    screen.type('j', ' ', ' ', 'G', ' ');
    await expectShown(screen, '3 marked');
    screen.type('c');
    await expectShown(screen, 'Copied 3 keys');
    expect(screen.copied).toEqual([
      [uid('team-0-app-00'), uid('team-0-app-04'), uid('team-3-app-39')].join('\n'),
    ]);
  });

  it('takes a mark away again', async () => {
    const screen = await atList();
    screen.type(' ', 'k', ' ');
    await expectShown(screen, '2 of 41');
    expect(screen.lines().join()).not.toContain('marked');
  });

  it('takes what a page is about', async () => {
    const screen = await atList();
    screen.type('j', '\r');
    await expectShown(screen, 'Line 2');
    screen.type('c');
    await expectShown(screen, 'Copied 1 key');
    expect(screen.copied).toEqual([uid('team-0-app-00')]);
  });
});

describe('writing', () => {
  it('writes the rows as they are filtered and sorted, with no cell that is a formula', async () => {
    const screen = await atList();
    screen.type('/', 'name:=cmd', '\r');
    await expectShown(screen, '1 of 1');
    screen.type('o');
    await expectShown(screen, 'Wrote 1 rows to /here/nhi-identities-');
    const [[name, text] = ['', '']] = screen.files;
    expect(name).toMatch(/^nhi-identities-20260301T120000Z-[\da-f]{6}\.csv$/u);
    expect(text).toBe(
      `"key","name","kind","owner","grants"\r\n"${uid('=cmd()')}","'=cmd()","iam-role","","0"\r\n`,
    );
  });

  it('writes all rows of a list, also those that were never on the screen', async () => {
    const screen = await atList();
    screen.type('s');
    await expectShown(screen, '> team-3-app-39');
    screen.type('o');
    await expectShown(screen, 'Wrote 41 rows');
    const [text = ''] = screen.files.values();
    expect(text.split('\r\n')).toHaveLength(43);
    expect(text.split('\r\n')[1]).toContain('team-3-app-39');
  });

  it('writes the marked rows alone where some are', async () => {
    const screen = await atList();
    screen.type('j', ' ', ' ', 'o');
    await expectShown(screen, 'Wrote 2 rows');
  });

  it('writes the text of a page', async () => {
    const screen = await atList();
    screen.type('j', '\r');
    await expectShown(screen, 'Line 2');
    screen.type('o');
    await expectShown(screen, 'Wrote the page to /here/nhi-identity-');
    expect([...screen.files.values()][0]).toMatch(
      /^arn:aws:iam::111111111111:role\/team-0-app-00\nLine 2\n/u,
    );
  });

  it('says why where a file cannot be written', async () => {
    const screen = await atList({ save: () => Promise.reject(new UsageError('the disk is full')) });
    screen.type('o');
    await expectShown(screen, 'the disk is full');
  });
});

describe('the editor', () => {
  it('gets a row as JSON, and a page as its text', async () => {
    const screen = await atList();
    screen.type('j', 'e', '\r');
    await expectShown(screen, 'Line 2');
    screen.type('e');
    expect(screen.edited.map(({ name }) => name)).toEqual(['identities.json', 'identity.txt']);
    expect(JSON.parse(screen.edited[0]?.text ?? '')).toEqual({
      key: uid('team-0-app-00'),
      name: 'team-0-app-00',
      kind: 'iam-role',
      owner: null,
      grants: 1,
    });
  });
});

describe('the plan', () => {
  it('is opened for the identity of a row or page, and says that nothing is done', async () => {
    const screen = await atList();
    screen.type('j', 'x');
    await expectShown(screen, 'Identities › Plan arn:aws:iam::111111111111:role/team-0-app-00');
    await expectShown(
      screen,
      'Nothing is done or stored: nhi revoke plan makes a plan that can be approved.',
    );
  });

  it('is not made where there is no identity', async () => {
    const screen = await atList();
    screen.type('3', 'x');
    await expectShown(screen, 'This is about no identity.');
    screen.type('i');
    await expectShown(screen, 'This is about no identity.');
  });
});
