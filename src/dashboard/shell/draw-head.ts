import type { Span } from '../screen.ts';
import { beginning, cellsOf } from '../text/cells.ts';
import type { State } from './state.ts';

/** What is looked at, when it was taken and how much of it was read; at the right end, that it is only looked at. */
export function headerSpans({ open, host }: State): readonly [Span[], Span[]] {
  const badge: Span[] = [{ text: 'read-only', tone: 'good' }];
  const name: Span = { text: 'nhi', tone: 'strong' };
  if (open === null) return [[name, { text: `  ${host.dataName}`, tone: 'muted' }], badge];
  const { coverage, asOf, data } = open;
  const read: Span =
    coverage === null
      ? { text: 'coverage unknown', tone: 'warning' }
      : { text: `coverage ${coverage} %`, tone: coverage < 100 ? 'warning' : 'good' };
  const when = `${asOf.slice(0, 10)} ${asOf.slice(11, 16)} UTC`;
  return [
    [name, { text: `  ${when}  ` }, read, { text: `  ${data.snapshot.id}  ${host.dataName}`, tone: 'muted' }],
    badge,
  ];
}

/** The numbered screens, the current one in brackets; where not all fit, the titles of the others are cut. */
export function tabSpans({ host, places, size, painter }: State): Span[] {
  const current = places?.tab();
  const titles = host.screens.tabs.map(({ title }) => painter.clean(title));
  let cells = Math.max(...titles.map(cellsOf));
  let texts = tabTexts(titles, current, cells);
  while (cells > 1 && texts.reduce((sum, text) => sum + cellsOf(text), 0) > size.columns) {
    cells -= 1;
    texts = tabTexts(titles, current, cells);
  }
  return texts.map((text, index) => ({ text, tone: index === current ? 'strong' : 'muted' }));
}

function tabTexts(titles: readonly string[], current: number | undefined, cells: number): string[] {
  return titles.map((title, index) => {
    const number = (index + 1) % 10;
    return index === current ? `[${number} ${title}]` : ` ${number} ${beginning(title, cells)} `;
  });
}

/** The way from the numbered screen to what is shown. */
export function crumbSpans({ places, painter }: State): Span[] {
  const way = places?.way() ?? [];
  return way.flatMap(({ screen, subject }, index): Span[] => {
    const last = index === way.length - 1;
    const text = subject === undefined ? screen.title : `${screen.title} ${last ? subject : nameOf(subject)}`;
    const before: Span[] =
      index === 0 ? [{ text: ' ' }] : [{ text: ` ${painter.glyphs.crumb} `, tone: 'muted' }];
    return [...before, { text, tone: last ? 'strong' : 'muted' }];
  });
}

/** The last part of a uid, which mostly is its name. */
function nameOf(uid: string): string {
  return uid.split(/[:/]/u).at(-1) ?? uid;
}
