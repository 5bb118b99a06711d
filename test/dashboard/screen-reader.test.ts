import { describe, expect, it } from 'vitest';
import { expectShown, onScreen } from './on-screen.tsx';
import { smallEstate } from './small-estate.ts';
import { smallHost } from './small-screens.ts';

describe('a screen reader', () => {
  it('hears where it is and what the cursor is on, and nothing that is drawn', async () => {
    const screen = onScreen(smallHost(await smallEstate(), { screenReader: true }), {
      columns: 80,
      rows: 24,
    });
    await expectShown(screen, '40 identities');
    expect(screen.lines()).toEqual(['Overview', 'line 1 of 3', '40 identities on 78 columns']);
    screen.type('2', 'j');
    await expectShown(screen, 'Row 2.');
    expect(screen.lines()).toEqual([
      'Identities',
      '2 of 40',
      'Row 2. Name: team-0-app-04. Kind: iam-role. Owner: none. Grants: 0',
    ]);
    screen.type(' ', 'k');
    await expectShown(screen, 'Row 2, marked.');
    screen.type('x');
    await expectShown(screen, 'Nothing is done or stored');
  });
});
