import { beforeAll, describe, expect, it } from 'vitest';
import { expectShown, onScreen } from './on-screen.tsx';
import { smallEstate } from './small-estate.ts';
import { smallHost } from './small-screens.ts';

let folder: string;

beforeAll(async () => {
  folder = await smallEstate();
});

const SMALL = { columns: 80, rows: 24 };
const LARGE = { columns: 120, rows: 40 };

describe('every frame', () => {
  it('has as many lines as the terminal has rows, none wider than it, from the first to the last', async () => {
    const screen = onScreen(
      smallHost(await smallEstate('日本語'.repeat(30), 'x\u001b[2J\r\nhostile')),
      SMALL,
    );
    await expectShown(screen, '42 identities');
    for (const keys of [
      '2',
      'G',
      'g',
      '/',
      'q',
      '\u001b',
      ':',
      'i',
      '\t',
      '\u001b',
      '?',
      '\u001b',
      '3',
      '1',
      'j',
      '\r',
    ]) {
      screen.type(keys);
      await expectShown(screen, 'read-only');
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect(screen.frames.length).toBeGreaterThan(15);
    for (const frame of screen.frames) {
      const lines = frame.split('\n');
      expect(lines).toHaveLength(24);
      expect(frame.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    }
  });

  it('fits after the terminal was resized', async () => {
    const screen = onScreen(smallHost(folder), SMALL);
    await expectShown(screen, '40 identities');
    screen.type('2');
    await expectShown(screen, 'team-0-app-00');
    for (const size of [LARGE, { columns: 60, rows: 15 }, { columns: 200, rows: 60 }]) {
      screen.resize(size);
      await expectShown(screen, size.columns >= 120 ? 'Preview of' : /^(?!.*Preview)/su);
      await expect.poll(() => screen.lines().length).toBe(size.rows);
      expect(Math.max(...screen.lines().map((line) => line.length))).toBeLessThanOrEqual(size.columns);
    }
  });

  it('says so where the terminal is too small, and draws again when it is not', async () => {
    const screen = onScreen(smallHost(folder), { columns: 59, rows: 24 });
    await expectShown(screen, 'too small');
    expect(screen.lines().slice(0, 3)).toEqual([
      'The terminal is too small.',
      'It has 59 x 24; the dashboard',
      'needs 60 x 15. q quits.',
    ]);
    screen.resize({ columns: 80, rows: 14 });
    await expectShown(screen, 'It has 80 x 14');
    screen.resize({ columns: 60, rows: 15 });
    await expectShown(screen, '40 identities');
  });
});
