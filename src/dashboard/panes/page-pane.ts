import { NO_FILTER, parseFilter, type Filter } from '../filter/parse-filter.ts';
import { passes } from '../filter/apply-filter.ts';
import type { Line, Link, PageScreen, ScreenData, Span } from '../screen.ts';
import { breakLines, type BrokenLine } from './draw-lines.ts';
import type { PagePane, PaneHost } from './pane.ts';
import { problemLines } from './problem-lines.ts';
import { topFor, within } from './scroll.ts';

/** Cells before a line: the cursor's mark. */
const GUTTER = 2;

/** A page over a snapshot: its lines, and the line that the cursor is on. */
export function createPagePane(
  screen: PageScreen,
  subject: string | undefined,
  first: ScreenData,
  host: PaneHost,
): PagePane {
  let data = first;
  let columns = 0;
  /** null while they are read for the first time. */
  let lines: readonly Line[] | null = null;
  let broken: readonly BrokenLine[] = [];
  let text = '';
  let filter: Filter = NO_FILTER;
  let cursor = 0;
  let top = 0;
  /** The end was asked for before anything was read. */
  let toEndSoon = false;
  let reading = 0;

  async function read(): Promise<void> {
    reading += 1;
    const mine = reading;
    const found = await screen.lines(subject, columns, data).catch(problemLines);
    if (mine !== reading) return;
    lines = found;
    arrange();
    host.changed();
  }

  function arrange(): void {
    const shown = (lines ?? []).filter((line) => passes({ key: textOf(line) }, filter, ['key']));
    broken = breakLines(shown, columns, host.painter);
    cursor = within(toEndSoon ? broken.length - 1 : cursor, broken.length);
    if (lines !== null) toEndSoon = false;
  }

  /** What a page is about stands before what it mentions besides. */
  function firstIdentity(): string | undefined {
    return (lines ?? []).map(({ link }) => identityIn(link)).find((uid) => uid !== undefined);
  }

  function readAgain(): void {
    read().catch(host.fail);
  }

  function go(place: number): void {
    cursor = within(place, broken.length);
    host.changed();
  }

  return {
    kind: 'page',
    filterText: () => text,
    filter: () => filter,
    setFilter(next) {
      text = next;
      filter = next === '' ? NO_FILTER : parseFilter(next, []);
      arrange();
      host.changed();
    },
    move: (by) => go(cursor + by),
    toStart: () => go(0),
    toEnd() {
      toEndSoon = lines === null;
      go(broken.length - 1);
    },
    enter: () => broken[cursor]?.link ?? null,
    identity: () => screen.identity?.(subject) ?? identityIn(broken[cursor]?.link) ?? firstIdentity(),
    keys: () => (subject === undefined ? [] : [subject]),
    document: () => ({
      name: `${screen.id}.txt`,
      text: (lines ?? []).map((line) => `${textOf(line)}\n`).join(''),
    }),
    reload(next) {
      data = next;
      readAgain();
    },
    draw(area) {
      const inner = Math.max(1, area.columns - GUTTER);
      if (inner !== columns) {
        columns = inner;
        arrange();
        readAgain();
      }
      top = topFor({ cursor, top }, broken.length, area.rows);
      const waiting: Span[] = [{ text: `  Reading${host.painter.glyphs.ellipsis}`, tone: 'muted' }];
      return Array.from({ length: area.rows }, (_, index) => {
        if (lines === null) return host.painter.line(index === 0 ? waiting : [], area.columns);
        const line = broken[top + index];
        const selected = top + index === cursor && line !== undefined;
        const gutter: Span = { text: selected ? '> ' : '  ', tone: 'strong' };
        return host.painter.line(
          [gutter, ...(line?.spans ?? [])],
          area.columns,
          selected && line.link !== undefined,
        );
      });
    },
    status: () => [
      ...(text === '' ? [] : [{ text: `/${text}`, tone: 'notice' as const }, { text: '  ' }]),
      { text: broken.length === 0 ? '' : `line ${cursor + 1} of ${broken.length}`, tone: 'muted' },
    ],
    spoken: () => (lines === null ? [] : broken.slice(cursor, cursor + 1)).map(({ spans }) => ({ spans })),
    stop() {
      reading += 1;
    },
  };
}

function identityIn(link: Link | null | undefined): string | undefined {
  return link?.screen === 'identity' ? link.subject : undefined;
}

function textOf({ spans }: Line): string {
  return spans.map(({ text }) => text).join('');
}
