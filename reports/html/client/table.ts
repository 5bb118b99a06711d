import type { PageElement, PageEvent } from './page-types.ts';
import type { RowReader, selectRows, TableState } from './rows.ts';

/** What a table is told about its rows. */
export interface TableSource<Row> extends RowReader<Row> {
  readonly rows: readonly Row[];
  readonly row: (row: Row) => PageElement;
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
  select: typeof selectRows,
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
  const controls = [...form.querySelectorAll('[name]')];
  let state: TableState = { words: '', chosen: new Map(), sort: null, descending: false, page: 0 };
  let printing = false;

  function render(): void {
    const selected = select(source.rows, state, source);
    const size = printing ? perPage.paper : perPage.screen;
    const pages = Math.max(1, Math.ceil(selected.length / size));
    if (!printing) state = { ...state, page: Math.min(state.page, pages - 1) };
    const page = printing ? 0 : state.page;
    const from = page * size;
    body.replaceChildren(...selected.slice(from, from + size).map(source.row));
    const range = `${from + 1}–${Math.min(from + size, selected.length)} of ${selected.length}`;
    const all = selected.length === source.rows.length ? '' : ` (filtered from ${source.rows.length})`;
    shown.textContent = selected.length === 0 ? `Nothing matches${all}` : `${range}${all}`;
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
    changed(query());
  }

  function query(): URLSearchParams {
    const parameters = new URLSearchParams();
    if (state.words !== '') parameters.set('q', state.words);
    for (const [name, values] of state.chosen) for (const value of values) parameters.append(name, value);
    if (state.sort !== null) parameters.set('sort', state.descending ? `-${state.sort}` : state.sort);
    if (state.page > 0) parameters.set('page', String(state.page + 1));
    return parameters;
  }

  function readControls(): Pick<TableState, 'words' | 'chosen'> {
    const chosen = new Map<string, Set<string>>();
    let words = '';
    for (const control of controls) {
      if (control.name === 'q') words = control.value;
      else if (control.value !== '' && (control.type !== 'checkbox' || control.checked)) {
        chosen.set(control.name, (chosen.get(control.name) ?? new Set()).add(control.value));
      }
    }
    return { words, chosen };
  }

  function show(parameters: URLSearchParams): void {
    for (const control of controls) {
      const values = parameters.getAll(control.name);
      if (control.type === 'checkbox') control.checked = values.includes(control.value);
      else control.value = values[0] ?? '';
    }
    const sort = parameters.get('sort');
    const page = Math.max(0, Math.trunc(Number(parameters.get('page') ?? 1)) - 1) || 0;
    state = {
      ...readControls(),
      sort: sort?.replace(/^-/u, '') ?? null,
      descending: sort?.startsWith('-') === true,
      page,
    };
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

  form.addEventListener('input', () => change(readControls()));
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
