import type { createControls } from './controls.ts';
import type { PageElement, PageEvent } from './page-types.ts';
import type { RowReader, selectRows, TableState } from './rows.ts';
import type { readOrder, shownText, writeQuery } from './table-words.ts';

/** What a table is told about its rows. */
export interface TableSource<Row> extends RowReader<Row> {
  readonly rows: readonly Row[];
  readonly row: (row: Row) => PageElement;
}

/** The functions that a table is made of. */
export interface TableTools {
  readonly createControls: typeof createControls;
  readonly readOrder: typeof readOrder;
  readonly selectRows: typeof selectRows;
  readonly shownText: typeof shownText;
  readonly writeQuery: typeof writeQuery;
}

/** A table that can be filtered, sorted and paged. */
export interface Table {
  /** Takes filters, order and page from the parameters of an address. */
  readonly show: (query: URLSearchParams) => void;
  /** As many rows as paper bears, or one page again. */
  readonly print: (printing: boolean) => void;
  readonly focusSearch: () => void;
}

/**
 * Brings the table of a section to life; `changed` is told the parameters whenever the reader changes them. Runs in
 * the page.
 */
export function createTable<Row>(
  section: PageElement,
  source: TableSource<Row>,
  tools: TableTools,
  changed: (query: URLSearchParams) => void,
): Table {
  const perPage = { screen: 100, paper: 1000 };
  const find = (selector: string): PageElement => {
    const found = section.querySelector(selector);
    if (found === null) throw new Error(`the page has no ${selector}`);
    return found;
  };
  const [form, body, shown] = [find('form'), find('.rows tbody'), find('.shown')];
  const [previous, next] = [find('[data-page=previous]'), find('[data-page=next]')];
  const headings = [...section.querySelectorAll('th[data-key]')];
  const controls = tools.createControls(form);
  let state: TableState = { words: '', chosen: new Map(), sort: null, descending: false, page: 0 };
  let printing = false;

  function render(): void {
    const selected = tools.selectRows(source.rows, state, source);
    const size = printing ? perPage.paper : perPage.screen;
    const pages = Math.max(1, Math.ceil(selected.length / size));
    if (!printing) state = { ...state, page: Math.min(state.page, pages - 1) };
    const page = printing ? 0 : state.page;
    const from = page * size;
    body.replaceChildren(...selected.slice(from, from + size).map(source.row));
    shown.textContent = tools.shownText(
      from,
      Math.min(from + size, selected.length),
      selected.length,
      source.rows.length,
    );
    previous.disabled = page === 0;
    next.disabled = page >= pages - 1;
    for (const heading of headings) {
      const sorted = heading.dataset['key'] === state.sort;
      heading.setAttribute('aria-sort', sorted ? (state.descending ? 'descending' : 'ascending') : 'none');
    }
  }

  function change(to: Partial<TableState>): void {
    state = { ...state, page: 0, ...to };
    render();
    changed(tools.writeQuery(state));
  }

  function show(parameters: URLSearchParams): void {
    controls.write(parameters);
    state = { ...tools.readOrder(parameters), ...controls.read() };
    render();
  }

  function sortBy(heading: PageElement): void {
    const { key = null, first } = { key: heading.dataset['key'], first: heading.dataset['first'] };
    change({ sort: key, descending: key === state.sort ? !state.descending : first === 'descending' });
  }

  function turn(by: number): void {
    if ((by < 0 ? previous : next).disabled) return;
    change({ page: state.page + by });
    body.querySelector('.open')?.focus();
  }

  function move(event: PageEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const openers = [...body.querySelectorAll('.open')];
    const at = openers.findIndex((opener) => opener === event.target);
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: openers.length - 1,
    };
    const to = moves[event.key];
    if (at === -1) return;
    if (event.key === 'ArrowLeft') turn(-1);
    else if (event.key === 'ArrowRight') turn(1);
    else if (to === undefined) return;
    else if (to === -1) form.querySelector('[name=q]')?.focus();
    else openers[to]?.focus();
    event.preventDefault();
  }

  form.addEventListener('input', () => change(controls.read()));
  form.addEventListener('submit', (event) => event.preventDefault());
  form.querySelector('[name=q]')?.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    body.querySelector('.open')?.focus();
  });
  previous.addEventListener('click', () => turn(-1));
  next.addEventListener('click', () => turn(1));
  body.addEventListener('keydown', move);
  for (const heading of headings)
    heading.querySelector('button')?.addEventListener('click', () => sortBy(heading));

  return {
    show,
    print: (paper) => {
      printing = paper;
      render();
    },
    focusSearch: () => form.querySelector('[name=q]')?.focus(),
  };
}
