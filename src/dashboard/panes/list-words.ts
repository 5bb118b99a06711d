import type { Line, Span } from '../screen.ts';
import type { ListView } from './draw-list.ts';

/** Where the cursor is, what is filtered and how many are marked. */
export function statusOfList({ source, cursor, marks, text }: ListView): Span[] {
  const total = source.total();
  const place = total === null ? 'counting' : total === 0 ? 'none' : `${cursor + 1} of ${total}`;
  return [
    ...(text === '' ? [] : [{ text: `/${text}`, tone: 'notice' as const }, { text: '  ' }]),
    ...(marks.size === 0 ? [] : [{ text: `${marks.size} marked`, tone: 'strong' as const }, { text: '  ' }]),
    { text: place, tone: 'muted' as const },
  ];
}

/** The row under the cursor in words, column by column. */
export function spokenRow(view: ListView): Line[] {
  const { screen, source, cursor, marks } = view;
  const row = source.row(cursor);
  if (row === undefined) return [...(view.problem ?? (source.total() === 0 ? screen.empty : []))];
  const cells = screen.columns.map(({ key, title }) => `${title}: ${row[key] ?? 'none'}`);
  const marked = marks.has(row.key) ? ', marked' : '';
  return [{ spans: [{ text: `Row ${cursor + 1}${marked}. ${cells.join('. ')}` }] }];
}
