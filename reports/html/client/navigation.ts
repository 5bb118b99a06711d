import type { PageElement, PageEvent, PageWindow } from './page-types.ts';
import type { parseAddress } from './rows.ts';
import type { Table } from './table.ts';

/** Shows the part of the page that the address names. */
export interface Navigation {
  /** What a table calls when its reader changed what it shows. */
  readonly changed: (view: string) => (query: URLSearchParams) => void;
  readonly begin: () => void;
}

/** `identityAt` gives the content of an identity's page, or null where there is none. Runs in the page. */
export function createNavigation(
  window: PageWindow,
  tables: ReadonlyMap<string, Table>,
  parse: typeof parseAddress,
  identityAt: (address: string) => readonly PageElement[] | null,
): Navigation {
  const { document, location, history } = window;
  const views = [...document.querySelectorAll('[data-view]')];
  const tabs = [...document.querySelectorAll('[data-tab]')];
  const identityView = views.find((view) => view.dataset['view'] === 'identity');
  const left = new Map<string, PageElement | null>();
  const shown = new Map<string, string>();
  const title = document.title;
  let current = '';
  let list = 'findings';

  function show(name: string): void {
    for (const view of views) view.hidden = view.dataset['view'] !== name;
    for (const tab of tabs) {
      if (tab.dataset['tab'] === name) tab.setAttribute('aria-current', 'page');
      else tab.removeAttribute('aria-current');
    }
    document.body.dataset['current'] = name;
  }

  /** Where the reader was in this view before, or else its heading. */
  function focusIn(name: string): void {
    const before = left.get(name);
    const heading = views.find((view) => view.dataset['view'] === name)?.querySelector('h2');
    if (before?.isConnected === true && name !== 'identity') before.focus();
    else {
      heading?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  }

  function go(): void {
    const { view, rest, query } = parse(location.hash);
    // A place within the view, such as the skip link's.
    if (current !== '' && location.hash !== '' && !location.hash.startsWith('#/')) return;
    const known = views.some((each) => each.dataset['view'] === view);
    const next = known ? view : 'findings';
    if (next !== current) left.set(current, document.activeElement);
    const entering = next !== current && current !== '';
    if (next === 'identity') {
      identityView?.replaceChildren(...(identityAt(rest) ?? missing()));
      identityView?.querySelector('[data-back]')?.setAttribute('href', backAddress());
    } else {
      // Rows that are as they were stay as they are: opened, and with the focus where it was.
      if (shown.get(next) !== query.toString()) tables.get(next)?.show(query);
      list = next;
      remember(next, query.toString());
    }
    current = next;
    show(next);
    document.title =
      next === 'identity' ? `${identityView?.querySelector('h2')?.textContent ?? ''} – ${title}` : title;
    if (entering || next === 'identity') focusIn(next);
  }

  /** The tab leads back to the same rows. */
  function remember(view: string, parameters: string): string {
    const address = parameters === '' ? `#/${view}` : `#/${view}?${parameters}`;
    shown.set(view, parameters);
    tabs.find((tab) => tab.dataset['tab'] === view)?.setAttribute('href', address);
    return address;
  }

  /** The list that the reader came from, as it was. */
  function backAddress(): string {
    return tabs.find((tab) => tab.dataset['tab'] === list)?.getAttribute('href') ?? '#/findings';
  }

  function missing(): readonly PageElement[] {
    const heading = document.createElement('h2');
    heading.setAttribute('tabindex', '-1');
    heading.append('This identity is not on this page');
    const text = document.createElement('p');
    text.append('It was not collected, or it had no room here: the json report holds every identity.');
    return [heading, text];
  }

  function press(event: PageEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = ['INPUT', 'SELECT', 'TEXTAREA'].includes(event.target?.tagName ?? '');
    if (event.key === '/' && !typing) {
      event.preventDefault();
      if (!tables.has(current)) location.hash = '#/findings';
      (tables.get(current) ?? tables.get('findings'))?.focusSearch();
    } else if (event.key === 'Escape' && current === 'identity') {
      location.hash = backAddress();
    }
  }

  function printAll(printing: boolean): void {
    for (const table of tables.values()) table.print(printing);
  }

  return {
    changed: (view) => (query) => {
      // A step in the history for every letter typed would help nobody.
      history.replaceState(null, '', remember(view, query.toString()));
    },
    begin: () => {
      window.addEventListener('hashchange', go);
      window.addEventListener('beforeprint', () => printAll(true));
      window.addEventListener('afterprint', () => printAll(false));
      document.addEventListener('keydown', press);
      for (const [name, table] of tables)
        if (name !== parse(location.hash).view) table.show(new URLSearchParams());
      go();
    },
  };
}
