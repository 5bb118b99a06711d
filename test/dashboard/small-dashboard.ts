import type { DashboardHost } from '#dashboard/host.ts';
import { expectShown, onScreen, type OnScreen } from './on-screen.tsx';
import { smallHost } from './small-screens.ts';

/** A dashboard of the small screens over a folder with the small estate, at its overview. */
export async function started(folder: string, changes: Partial<DashboardHost> = {}): Promise<OnScreen> {
  const screen = onScreen(smallHost(folder, changes), { columns: 80, rows: 24 });
  await expectShown(screen, '40 identities');
  return screen;
}

/** The same at the list of identities. */
export async function atList(folder: string, changes: Partial<DashboardHost> = {}): Promise<OnScreen> {
  const screen = await started(folder, changes);
  screen.type('2');
  await expectShown(screen, '> team-0-app-00');
  return screen;
}
