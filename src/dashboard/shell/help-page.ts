import { KEYMAP } from '../keys/keymap.ts';
import type { Line, PageScreen, Screen } from '../screen.ts';

const KEYS_WIDTH = 17;

/** The help for a screen: its keys, and the columns that a filter can name. */
export function helpPage(screen: Screen, commands: readonly string[]): PageScreen {
  return {
    kind: 'page',
    id: 'help',
    title: `Help for ${screen.title}`,
    lines: (_subject, columns, { ascii }) => Promise.resolve(helpLines(screen, commands, columns, ascii)),
  };
}

function helpLines(
  screen: Screen,
  commands: readonly string[],
  columns: number,
  ascii: boolean,
): readonly Line[] {
  const keys = KEYMAP.filter(({ on }) => on === 'everywhere' || on === screen.kind).map(
    ({ keys: names, does }): Line => ({
      spans: [{ text: (ascii ? plain(names) : names).padEnd(KEYS_WIDTH), tone: 'strong' }, { text: does }],
    }),
  );
  return [
    ...keys,
    ...(screen.kind === 'list'
      ? columnLines(
          screen.columns.map(({ key }) => key),
          columns,
        )
      : []),
    { spans: [] },
    { spans: [{ text: `Commands: ${commands.map((each) => `:${each}`).join(' ')}`, tone: 'muted' }] },
    {
      spans: [{ text: 'The dashboard only looks: it never changes a system or a snapshot.', tone: 'muted' }],
    },
  ];
}

function columnLines(names: readonly string[], columns: number): Line[] {
  const example = names[0] ?? 'column';
  return [
    { spans: [] },
    { spans: [{ text: 'Columns for / '.padEnd(KEYS_WIDTH), tone: 'strong' }, { text: names.join(', ') }] },
    ...(columns < 40
      ? []
      : [
          {
            spans: [
              { text: ' '.repeat(KEYS_WIDTH) },
              { text: `as in /${example}:word !other`, tone: 'muted' as const },
            ],
          },
        ]),
  ];
}

function plain(keys: string): string {
  return keys
    .replaceAll('↑', 'up')
    .replaceAll('↓', 'down')
    .replaceAll('←', 'left')
    .replaceAll('→', 'right')
    .replaceAll('…', '-');
}
