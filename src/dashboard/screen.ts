import type { Reader } from '#store/reader.ts';
import type { Given } from './given.ts';

/** How a piece of text is meant; the theme makes it a colour, and never says anything by colour alone. */
export type Tone = 'plain' | 'muted' | 'strong' | 'good' | 'notice' | 'warning' | 'bad' | 'link';

/** A run of text in one tone. Text comes as the cloud gave it: who draws it removes what could move the cursor. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone;
}

/** One line of a page; with `link`, enter on it opens that screen. */
export interface Line {
  readonly spans: readonly Span[];
  readonly link?: Link;
}

/** Where a row, a line or a command leads: a screen by its id, with what it is about. */
export interface Link {
  readonly screen: string;
  /** The key of what is shown: an identity's uid, a finding's id. */
  readonly subject?: string;
  /** A filter to start with, in the words that `/` takes. */
  readonly filter?: string;
}

/** A column of a list. */
export interface Column {
  /** The name of the column in the rows, and in a filter: `owner:payments`. */
  readonly key: string;
  readonly title: string;
  /** Cells wide: never less than `min`; what is left over is shared by `grow`. */
  readonly min: number;
  readonly grow?: number;
  readonly align?: 'right';
  /** 1 stays longest; the highest goes first when the terminal is narrow. */
  readonly priority: number;
  /** What to sort by where the text would sort wrongly: a column of the rows that is not shown. */
  readonly sortKey?: string;
  readonly tone?: (row: Row) => Tone;
}

/** A row: values by column name. `key` identifies it over filters, sorts and snapshots. */
export type Row = Readonly<Record<string, string | number | boolean | null>> & { readonly key: string };

/** What a list is made of: a select over the snapshot, paged by the shell, or rows that are few enough to hold. */
export type Rows =
  | { readonly kind: 'select'; readonly sql: string }
  | { readonly kind: 'held'; readonly read: () => Promise<readonly Row[]> };

/** A screen of rows: findings, identities, paths. */
export interface ListScreen {
  readonly kind: 'list';
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: (data: ScreenData) => Rows;
  readonly sort: { readonly column: string; readonly descending: boolean };
  /** What enter opens. */
  readonly open?: (row: Row) => Link;
  /** What the pane beside the list says of the row under the cursor, where there is room for one. */
  readonly preview?: (row: Row, data: ScreenData) => Promise<readonly Line[]>;
  /** The identity that a row is about: what `x` would plan a revocation for, and `i` opens. */
  readonly identity?: (row: Row) => string | undefined;
  /** What an empty list means here, and the next command. */
  readonly empty: readonly Line[];
}

/** A screen of text: the overview, one identity, one finding, a plan. */
export interface PageScreen {
  readonly kind: 'page';
  readonly id: string;
  readonly title: string;
  /** The lines for a pane of so many columns. Throws StoreError, which the shell shows in the page's place. */
  readonly lines: (
    subject: string | undefined,
    columns: number,
    data: ScreenData,
  ) => Promise<readonly Line[]>;
  readonly identity?: (subject: string | undefined) => string | undefined;
}

/** A place of the dashboard. */
export type Screen = ListScreen | PageScreen;

/** What screens read from. Nothing here can change a system or a snapshot. */
export interface ScreenData extends Given {
  readonly reader: Reader;
  readonly snapshot: SnapshotLine;
  /** The snapshots there are, newest first. */
  readonly snapshots: readonly SnapshotLine[];
  /** Another snapshot, to read beside; the caller closes it. */
  readonly open: (snapshot: string) => Promise<{ readonly reader: Reader; readonly close: () => void }>;
  /** Box drawing and marks, or ASCII alone. */
  readonly ascii: boolean;
}

/** A snapshot as the header and the overview name it. */
export interface SnapshotLine {
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly takenAt: string;
}

/** All the places of the dashboard. `src/dashboard/screens/index.ts` exports it as `SCREENS`. */
export interface ScreenSet {
  /** The screens with a number, in its order; the first is where the dashboard starts. */
  readonly tabs: readonly Screen[];
  /** What only links and keys open: one identity (`identity`, for `i`), a plan (`plan`, for `x`), one finding. */
  readonly inner: readonly Screen[];
  /** More words for `:`, by the id of the screen that they open. */
  readonly aliases: Readonly<Record<string, readonly string[]>>;
}
