import type { DashboardHost } from '../host.ts';
import type { OpenData } from '../open-data.ts';
import type { Document, Area } from '../panes/pane.ts';
import type { Line, Tone } from '../screen.ts';
import type { Painter } from '../text/painter.ts';
import type { TypedLine } from './line-editor.ts';
import type { Places } from './places.ts';

/** What is being typed on the last but one line. */
export interface Prompt {
  readonly kind: 'filter' | 'command';
  readonly line: TypedLine;
  /** The filter that was there before, for esc. */
  readonly before: string;
  /** How far back in the history; -1 is the line itself. */
  readonly back: number;
  /** Names that the line can become, as tab found them. */
  readonly names: readonly string[];
}

/** One thing to tell the user; the next key takes it away. */
export interface Notice {
  readonly text: string;
  readonly tone: Tone;
}

/** What the shell needs of the terminal beyond being drawn. */
export interface Outlet {
  /** Puts text into the clipboard of the user's terminal; false where it is too long for that. */
  readonly copy: (text: string) => boolean;
  readonly edit: (document: Document) => void;
  readonly quit: () => void;
}

/** All that changes while the dashboard runs. Owned by the session; drawn after every `changed`. */
export interface State {
  readonly host: DashboardHost;
  readonly painter: Painter;
  readonly outlet: Outlet;
  readonly changed: () => void;
  readonly fail: (error: unknown) => void;
  readonly reload: () => void;
  size: Area;
  /** null while no snapshot could be opened; `instead` says why. */
  open: OpenData | null;
  places: Places | null;
  instead: readonly Line[];
  prompt: Prompt | null;
  notice: Notice | null;
  readonly history: Record<Prompt['kind'], string[]>;
}

/** Tells the user something. */
export function tell(state: State, text: string, tone: Tone = 'notice'): void {
  state.notice = { text, tone };
  state.changed();
}

/** The smallest terminal that is drawn on. */
export const SMALLEST: Area = { columns: 60, rows: 15 };

/** How many rows of a terminal the body has: the rest is header, numbers, way, notice and keys. */
export function bodyRows({ rows }: Area): number {
  return Math.max(1, rows - 5);
}
