import type { Span } from '../screen.ts';
import { cellsOf } from '../text/cells.ts';
import type { State } from './state.ts';

/** What is looked at, when it was taken and how much of it was read; at the right end, that it is only looked at. */
export function headerSpans({ open, host }: State): readonly [Span[], Span[]] {
  const badge: Span[] = [{ text: 'read-only', tone: 'good' }];
  const name: Span = { text: 'nhi', tone: 'strong' };
  if (open === null) return [[name, { text: `  ${host.dataDir}`, tone: 'muted' }], badge];
  const { coverage, asOf, data } = open;
  const read: Span =
    coverage === null
      ? { text: 'coverage unknown', tone: 'warning' }
      : { text: `coverage ${coverage} %`, tone: coverage < 100 ? 'warning' : 'good' };
  const when = `${asOf.slice(0, 10)} ${asOf.slice(11, 16)} UTC`;
  return [
    [name, { text: `  ${when}  ` }, read, { text: `  ${data.snapshot.id}  ${host.dataDir}`, tone: 'muted' }],
    badge,
  ];
}

/** The numbered screens, the current one in brackets; where not all fit, those around it. */
export function tabSpans({ host, places, size, painter }: State): Span[] {
  const current = places?.tab() ?? 0;
  const texts = host.screens.tabs.map(({ title }, index) => {
    const text = `${(index + 1) % 10} ${painter.clean(title)}`;
    return index === current && places !== null ? `[${text}]` : ` ${text} `;
  });
  let first = 0;
  const width = (to: number): number => texts.slice(first, to).reduce((sum, text) => sum + cellsOf(text), 0);
  while (first < current && width(current + 1) > size.columns) first += 1;
  return texts.slice(first).map((text, index) => ({
    text,
    tone: first + index === current && places !== null ? 'strong' : 'muted',
  }));
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
