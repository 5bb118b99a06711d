import type { Snapshot } from '#store/read/open-snapshot.ts';
import type { Given } from './given.ts';
import type { Row, ScreenSet } from './screen.ts';
import type { ThemeName } from './text/theme.ts';

/** What the dashboard is given from outside: it touches no file, clock, environment or process of its own. */
export interface DashboardHost {
  readonly screens: ScreenSet;
  readonly dataDir: string;
  /** The data folder as the header names it. */
  readonly dataName: string;
  /** A snapshot as `--snapshot` names it; without one the newest is shown, also when a newer one appears. */
  readonly snapshot: string | undefined;
  readonly ascii: boolean;
  readonly theme: ThemeName;
  /** Lines for a screen reader instead of a screen. */
  readonly screenReader: boolean;
  /** Makes text harmless to a terminal. */
  readonly sanitise: (text: string) => string;
  /** One line of CSV with its end; no cell is a formula. */
  readonly csvLine: (cells: readonly Row[string][]) => string;
  /** What the screens show of a snapshot and the dashboard may not read by itself. */
  readonly given: (snapshot: Snapshot) => Given;
  /** Writes a new file for the user, never over another; its path. Throws UsageError where it cannot. */
  readonly save: (name: string, parts: AsyncIterable<string>) => Promise<string>;
  /** Shows a text in the user's editor and waits. Throws UsageError where there is none. */
  readonly edit: (name: string, text: string) => Promise<void>;
}
