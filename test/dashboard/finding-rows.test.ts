import { beforeAll, describe, expect, it } from 'vitest';
import { expectShown, type OnScreen } from './on-screen.tsx';
import { smallEstate } from './small-estate.ts';
import { atList, started } from './small-dashboard.ts';

const ENTER = '\r';
const ESC = '\u001b';
const SHIFT_RIGHT = '\u001b[1;2C';

let folder: string;

beforeAll(async () => {
  folder = await smallEstate();
});

describe('filtering', () => {
  it('shows the fitting rows while it is typed, and keeps them with enter until esc', async () => {
    const screen = await atList(folder);
    screen.type('/', 'team-2 !app-02');
    await expectShown(screen, '> team-2-app-06');
    expect(screen.lines()[2]).toContain('1 of 9');
    screen.type(ENTER, 'j', ESC);
    await expectShown(screen, '1 of 40');
  });

  it('goes back to what was before when it is left with esc', async () => {
    const screen = await atList(folder);
    screen.type('/', 'team-2');
    await expectShown(screen, '1 of 10');
    screen.type(ESC);
    await expectShown(screen, '1 of 40');
  });

  it('explains what it cannot understand while it is typed, and says that it was left out', async () => {
    const screen = await atList(folder);
    screen.type('/', 'team-3 owner:');
    await expectShown(screen, 'owner: has no text to look for in owner');
    screen.type(ENTER);
    await expectShown(
      screen,
      'That part of the filter was left out: owner: has no text to look for in owner.',
    );
    await expectShown(screen, '1 of 10');
  });

  it('says what fits nothing, and which columns there are where one was meant', async () => {
    const screen = await atList(folder);
    screen.type('/', 'ownr:shop', ENTER);
    await expectShown(screen, 'No column is called ownr');
    expect(screen.lines().slice(4, 8)).toEqual([
      'Nothing here fits /ownr:shop',
      'No column is called ownr, so that was looked for as text. Columns: name, kind,',
      'owner, grants',
      'esc takes the filter away.',
    ]);
  });

  it('shows the fitting lines of a page', async () => {
    const screen = await atList(folder);
    screen.type(ENTER);
    await expectShown(screen, 'Line 3');
    screen.type('/', '"Line 4"', ENTER);
    await expectShown(screen, 'line 1 of 11');
    expect(screen.lines()[3]).toBe('> Line 4');
  });

  it('brings back what was typed before with the arrow up', async () => {
    const screen = await atList(folder);
    screen.type('/', 'team-1', ENTER);
    await expectShown(screen, '1 of 10');
    screen.type(ESC, '/', '\u001b[A');
    await expectShown(screen, '/team-1_');
  });
});

describe('sorting', () => {
  const names = (screen: OnScreen): string[] =>
    screen
      .lines()
      .slice(4, 8)
      .map((line) => line.slice(2).split(' ')[0] ?? '');

  it('turns round with s, and goes by the column that the shifted arrows choose', async () => {
    const screen = await atList(folder);
    screen.type('s');
    await expectShown(screen, 'Name↓');
    await expectShown(screen, '> team-3-app-39');
    screen.type(SHIFT_RIGHT, SHIFT_RIGHT, SHIFT_RIGHT);
    await expectShown(screen, '›Grants');
    screen.type('S');
    await expectShown(screen, 'Grants↓');
    await expectShown(screen, '> team-0-app-00');
    expect(names(screen)).toEqual(['team-0-app-00', 'team-1-app-01', 'team-2-app-02', 'team-0-app-04']);
  });

  it('goes by the column that a shifted letter begins', async () => {
    const screen = await atList(folder);
    screen.type('K');
    await expectShown(screen, 'Kind↑');
    screen.type('K');
    await expectShown(screen, 'Kind↓');
    screen.type('Z');
    await expectShown(screen, 'No column begins with Z.');
  });

  it('uses the key that a column has for it, and puts what has no value last in both directions', async () => {
    const screen = await started(folder);
    screen.type('3');
    await expectShown(screen, 'Level↓');
    await expectShown(screen, '> red');
    expect(names(screen)).toEqual(['red', 'yellow', 'green', 'blue']);
    screen.type('s');
    await expectShown(screen, 'Level↑');
    await expectShown(screen, '> green');
    expect(names(screen)).toEqual(['green', 'yellow', 'red', 'blue']);
  });
});

describe('the command line', () => {
  it('goes to a screen and filters it', async () => {
    const screen = await started(folder);
    screen.type(':', 'ids team-3', ENTER);
    await expectShown(screen, '> team-3-app-03');
    expect(screen.lines()[2]).toMatch(/^ Identities +\/team-3 {2}1 of 10$/u);
  });

  it('completes words with tab, and shows what they can become', async () => {
    const screen = await started(folder);
    screen.type(':', 'ident', '\t');
    await expectShown(screen, ':identit_');
    await expectShown(screen, 'identity  identities');
    screen.type('ies', '\t');
    await expectShown(screen, ':identities _');
  });

  it('completes and opens identities by their names', async () => {
    const screen = await started(folder);
    screen.type(':', 'TEAM-1-app-0', '\t');
    await expectShown(screen, ':team-1-app-0_');
    await expectShown(screen, 'team-1-app-01  team-1-app-05');
    screen.type('5', ENTER);
    await expectShown(screen, 'Overview › Identity arn:aws:iam::111111111111:role/team-1-app-05');
  });

  it('lists the identities where more than one fits, and says where none does', async () => {
    const screen = await started(folder);
    screen.type(':', 'team-1-', ENTER);
    await expectShown(screen, '1 of 10');
    screen.type(':', 'nobody', ENTER);
    await expectShown(screen, 'No screen and no identity is called nobody.');
  });

  it('reloads, helps and quits', async () => {
    const screen = await started(folder);
    screen.type(':', 'reload', ENTER);
    await expectShown(screen, 'Read again.');
    screen.type(':', 'help', ENTER);
    await expectShown(screen, 'this help');
    screen.type(':', 'q', ENTER);
    expect(screen.ended()).toBe(true);
  });
});
