import { describe, it } from 'vitest';
import type { PageScreen } from '#dashboard/screen.ts';
import { expectShown, onScreen } from './on-screen.tsx';
import { smallEstate } from './small-estate.ts';
import { SMALL_SCREENS, smallHost } from './small-screens.ts';

const about = (...uids: readonly string[]): PageScreen => ({
  kind: 'page',
  id: 'about',
  title: 'About',
  lines: () =>
    Promise.resolve([
      { spans: [{ text: 'what was found' }] },
      ...uids.map((subject) => ({ spans: [{ text: subject }], link: { screen: 'identity', subject } })),
    ]),
});

async function pressed(page: PageScreen, keys: string) {
  const host = smallHost(await smallEstate(), { screens: { ...SMALL_SCREENS, tabs: [page] } });
  const screen = onScreen(host, { columns: 80, rows: 24 });
  await expectShown(screen, 'what was found');
  screen.type(keys);
  return screen;
}

describe('i on a page', () => {
  it('opens the identity of the line, or else the one that the page names first', async () => {
    await expectShown(await pressed(about('uid-one', 'uid-two'), 'i'), 'About › Identity uid-one');
    await expectShown(await pressed(about('uid-one', 'uid-two'), 'jji'), 'About › Identity uid-two');
  });

  it('says so where the page names none', async () => {
    await expectShown(await pressed(about(), 'i'), 'This is about no identity.');
  });
});
