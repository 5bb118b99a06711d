import type { BrowsedSnapshot } from '#store/read/open-to-browse.ts';
import type { Filter } from '../filter/parse-filter.ts';
import type { Line, Link, Row, ScreenData, Span } from '../screen.ts';
import type { Painter } from '../text/painter.ts';

/** What panes read from: what their screens do, and a place to keep what a select gives. */
export interface PaneData extends ScreenData {
  readonly keep: BrowsedSnapshot['keep'];
}

/** A part of the terminal, in cells. */
export interface Area {
  readonly columns: number;
  readonly rows: number;
}

/** What a pane is told by and tells to the shell around it. */
export interface PaneHost {
  readonly painter: Painter;
  /** Something that is shown has changed. */
  readonly changed: () => void;
  /** Something went wrong that nobody foresaw: the dashboard ends. */
  readonly fail: (error: unknown) => void;
}

/** A text for the editor, by the name that its file is given. */
export interface Document {
  readonly name: string;
  readonly text: string;
}

/** What a view is made of. */
export type Pane = ListPane | PagePane;

/** What lists and pages have in common. */
interface AnyPane {
  readonly filterText: () => string;
  readonly filter: () => Filter;
  readonly setFilter: (text: string) => void;
  readonly move: (by: number) => void;
  readonly toStart: () => void;
  readonly toEnd: () => void;
  /** Where enter leads from here. */
  readonly enter: () => Link | null;
  /** The identity that the cursor is on. */
  readonly identity: () => string | undefined;
  /** The keys for the clipboard. */
  readonly keys: () => readonly string[];
  /** What the editor shows. */
  readonly document: () => Document | null;
  /** Reads anew, from a newer snapshot where there is one; the cursor stays on what it is on. */
  readonly reload: (data: PaneData) => void;
  /** Exactly as many lines as the area has rows, each as wide as it has columns. */
  readonly draw: (area: Area) => readonly string[];
  /** Where the cursor is, in words. */
  readonly status: () => readonly Span[];
  /** What is under the cursor, for a screen reader. */
  readonly spoken: () => readonly Line[];
  readonly stop: () => void;
}

/** A page. */
export interface PagePane extends AnyPane {
  readonly kind: 'page';
}

/** A list, and what it can do beyond. */
export interface ListPane extends AnyPane {
  readonly kind: 'list';
  /** Marks the row under the cursor, or takes the mark away, and goes on to the next. */
  readonly mark: () => void;
  /** Sorts by the selected column; by the one that it is sorted by already, the other way round. */
  readonly sort: (descending: boolean) => void;
  /** Sorts by the next column whose title begins with a letter; false where there is none. */
  readonly sortByLetter: (letter: string) => boolean;
  readonly selectColumn: (by: number) => void;
  /** The rows for a file: the marked ones, else all that the filter lets through, in order. */
  readonly rows: () => { readonly header: readonly string[]; readonly rows: AsyncIterable<readonly Row[]> };
}
