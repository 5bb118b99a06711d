import type { PageElement } from './page-types.ts';
import type { TableState } from './rows.ts';

/** The search box, boxes to tick and choices of a table. */
export interface Controls {
  readonly read: () => Pick<TableState, 'words' | 'chosen'>;
  /** Sets them from an address; what no control offers is passed over. */
  readonly write: (query: URLSearchParams) => void;
}

/** Runs in the page. */
export function createControls(form: PageElement): Controls {
  const controls = [...form.querySelectorAll('[name]')];
  return {
    read: () => {
      const chosen = new Map<string, Set<string>>();
      let words = '';
      for (const { name, value, type, checked } of controls) {
        if (name === 'q') words = value;
        else if (value !== '' && (type !== 'checkbox' || checked)) {
          chosen.set(name, (chosen.get(name) ?? new Set()).add(value));
        }
      }
      return { words, chosen };
    },
    write: (query) => {
      for (const control of controls) {
        const values = query.getAll(control.name);
        if (control.type === 'checkbox') control.checked = values.includes(control.value);
        else control.value = values[0] ?? '';
      }
    },
  };
}
