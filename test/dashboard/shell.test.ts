import { beforeAll, describe, expect, it } from 'vitest';
import { expectShown } from './on-screen.tsx';
import { smallEstate } from './small-estate.ts';
import { atList, started } from './small-dashboard.ts';

const ENTER = '\r';
const ESC = '\u001b';
const DOWN = '\u001b[B';
const RIGHT = '\u001b[C';

let folder: string;

beforeAll(async () => {
  folder = await smallEstate();
});

describe('the cursor', () => {
  it('goes by rows, half screens and screens, to the ends, and no further', async () => {
    const screen = await atList(folder);
    const steps: readonly (readonly [string, string])[] = [
      ['j', '2 of 40'],
      [DOWN, '3 of 40'],
      ['k', '2 of 40'],
      ['\u0004', '11 of 40'],
      ['\u0015', '2 of 40'],
      ['\u001b[6~', '20 of 40'],
      ['\u001b[5~', '2 of 40'],
      ['G', '40 of 40'],
      ['j', '40 of 40'],
      ['g', '1 of 40'],
      ['k', '1 of 40'],
      ['\u001b[F', '40 of 40'],
      ['\u001b[H', '1 of 40'],
    ];
    for (const [key, place] of steps) {
      screen.type(key);
      await expectShown(screen, place);
    }
  });

  it('goes as far as keys were pressed, also when they come at once', async () => {
    const screen = await atList(folder);
    screen.type('jjjjjjjjjjjjjjjjjjjjjjjjj');
    await expectShown(screen, '> team-2-app-22');
    expect(screen.lines()[2]).toContain('26 of 40');
  });
});

describe('the way', () => {
  it('leads by enter to what the row is about, and back by esc to the same row', async () => {
    const screen = await atList(folder);
    screen.type('j', ENTER);
    await expectShown(screen, 'Identities › Identity arn:aws:iam::111111111111:role/team-0-app-04');
    screen.type(ESC);
    await expectShown(screen, '> team-0-app-04');
  });

  it('leads from a line of a page with the filter that it names', async () => {
    const screen = await started(folder);
    screen.type('jj', ENTER);
    await expectShown(screen, '1 of 10');
    expect(screen.lines()[2]).toMatch(/^ Overview › Identities +\/team-1 {2}1 of 10$/u);
  });

  it('leads by numbers, brackets, arrows and tab to the numbered screens, each as it was left', async () => {
    const screen = await atList(folder);
    screen.type('jj');
    for (const [key, tab] of [
      [']', '[3 Colours]'],
      ['[', '[2 Identities]'],
      [RIGHT, '[3 Colours]'],
      ['l', '[1 Overview]'],
      ['h', '[3 Colours]'],
      ['\t', '[1 Overview]'],
      ['2', '[2 Identities]'],
    ] as const) {
      screen.type(key);
      await expectShown(screen, tab);
    }
    await expectShown(screen, '> team-0-app-08');
  });

  it('stays where it is for a number that no screen has', async () => {
    const screen = await atList(folder);
    screen.type('9', 'j');
    await expectShown(screen, '2 of 40');
    expect(screen.lines()[1]).toContain('[2 Identities]');
  });

  it('leads to the help of the screen and back', async () => {
    const screen = await atList(folder);
    screen.type('?', 'G');
    await expectShown(screen, 'name, kind, owner, grants');
    screen.type(ESC);
    await expectShown(screen, '> team-0-app-00');
  });

  it('ends with q, and with ctrl-c also while something is typed', async () => {
    const screen = await atList(folder);
    screen.type('/', 'q');
    await expectShown(screen, '/q_');
    expect(screen.ended()).toBe(false);
    screen.type('\u0003');
    expect(screen.ended()).toBe(true);
    const other = await started(folder);
    other.type('q');
    expect(other.ended()).toBe(true);
  });
});
