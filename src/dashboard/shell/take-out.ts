import { KnownError } from '#model/errors.ts';
import type { Pane } from '../panes/pane.ts';
import type { Row, Screen } from '../screen.ts';
import { tell, type State } from './state.ts';

/** Copies the keys of the marked rows, or of the one under the cursor. */
export function copyKeys(state: State, pane: Pane): void {
  const keys = pane.keys();
  const what = keys.length === 1 ? '1 key' : `${keys.length} keys`;
  if (keys.length === 0) tell(state, 'There is nothing to copy here.', 'warning');
  else if (state.outlet.copy(keys.join('\n')))
    tell(state, `Copied ${what} to the terminal's clipboard (OSC 52).`);
  else tell(state, `${what} are too much for a terminal's clipboard: o writes them to a file.`, 'warning');
}

/** Opens the row or page in the user's editor. */
export function openInEditor(state: State, pane: Pane): void {
  const document = pane.document();
  if (document === null) tell(state, 'There is nothing to open here.', 'warning');
  else state.outlet.edit(document);
}

/** Writes the rows of a list, filtered, sorted and those that are marked, or the text of a page, to a new file. */
export function writeRows(state: State, screen: Screen, pane: Pane): void {
  const { host, open } = state;
  const count = { rows: 0 };
  const name = `nhi-${screen.id}-${open?.data.snapshot.id ?? 'none'}.${pane.kind === 'list' ? 'csv' : 'txt'}`;
  tell(state, 'Writing…');
  host.save(name, pane.kind === 'list' ? csvOf(pane, host.csvLine, count) : textOf(pane)).then(
    (path) =>
      tell(state, `Wrote ${pane.kind === 'list' ? `${count.rows} rows` : 'the page'} to ${path}`, 'good'),
    (error: unknown) => {
      if (error instanceof KnownError) tell(state, error.message, 'bad');
      else state.fail(error);
    },
  );
}

async function* csvOf(
  pane: Pane & { readonly kind: 'list' },
  csvLine: (cells: readonly Row[string][]) => string,
  count: { rows: number },
): AsyncGenerator<string> {
  const { header, rows } = pane.rows();
  const names = header.includes('key') ? header : ['key', ...header];
  yield csvLine(names);
  for await (const batch of rows) {
    count.rows += batch.length;
    yield batch.map((row) => csvLine(names.map((name) => row[name] ?? null))).join('');
  }
}

async function* textOf(pane: Pane): AsyncGenerator<string> {
  yield pane.document()?.text ?? '';
}
