import { describe, expect, it } from 'vitest';
import type { DashboardHost } from '#dashboard/host.ts';
import { dataFolder, publish } from '../store/snapshots.ts';
import { expectShown, onScreen, type OnScreen } from './on-screen.tsx';
import { publishEstate, smallEstate } from './small-estate.ts';
import { smallHost } from './small-screens.ts';

async function started(folder: string, changes: Partial<DashboardHost> = {}): Promise<OnScreen> {
  const screen = onScreen(smallHost(folder, changes), { columns: 80, rows: 24 });
  await expectShown(screen, '40 identities');
  return screen;
}

describe('a data folder', () => {
  it('without a snapshot explains how to take one, and shows the first that appears', async () => {
    const folder = await dataFolder();
    const screen = onScreen(smallHost(folder), { columns: 80, rows: 24 });
    await expectShown(screen, 'Take one with: nhi scan');
    await publishEstate(folder, '2026-03-02T12:00:00.000Z');
    await expectShown(screen, '40 identities');
  });

  it('with an empty snapshot explains what to do on every list', async () => {
    const folder = await dataFolder();
    await publish(folder);
    const screen = onScreen(smallHost(folder), { columns: 80, rows: 24 });
    await expectShown(screen, '0 identities');
    screen.type('2');
    await expectShown(screen, 'No identities in this snapshot. Next: nhi scan');
    screen.type('j', 'G', '\r', 'x', 'c', 'e');
    await expectShown(screen, 'There is nothing to open here.');
    expect(screen.lines()[2]).toMatch(/^ Identities +none$/u);
  });

  it('shows a new snapshot by itself, with the cursor on the same row', async () => {
    const folder = await smallEstate();
    const screen = await started(folder);
    screen.type('2', 'jjj');
    await expectShown(screen, '> team-0-app-12');
    const id = await publishEstate(folder, '2026-03-02T12:00:00.000Z', ['aaa-first', 'team-0-app-05']);
    await expectShown(screen, `Now shows the new snapshot ${id}.`);
    await expectShown(screen, '6 of 42');
    await expectShown(screen, '> team-0-app-12');
  });

  it('only names a new snapshot where one was chosen', async () => {
    const folder = await smallEstate();
    const screen = await started(folder, { snapshot: '20260301' });
    const id = await publishEstate(folder, '2026-03-02T12:00:00.000Z', ['one-more']);
    await expectShown(screen, `${id} is newer than the snapshot that --snapshot chose.`);
    screen.type('r');
    await expectShown(screen, 'Read again.');
    expect(screen.lines().join()).toContain('40 identities');
  });
});
