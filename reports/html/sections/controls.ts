import { markup } from '../markup.ts';
import type { Markup } from '../markup.ts';

/** The search box of a table. */
export function search(label: string): Markup {
  return markup`<label class="search"><span class="unseen">${label}</span><input type="search" name="q" placeholder="${label}" autocomplete="off" spellcheck="false"><kbd aria-hidden="true">/</kbd></label>`;
}

/** A choice of one value or all of them. */
export function select(
  name: string,
  label: string,
  options: readonly (readonly [value: string, text: string])[],
): Markup {
  return markup`<label class="choice"><span>${label}</span><select name="${name}"><option value="">All</option>${options.map(
    ([value, text]) => markup`<option value="${value}">${text}</option>`,
  )}</select></label>`;
}

/** How many rows are shown, the way to the others, and the keys. */
export function pager(what: string): Markup {
  return markup`<div class="pager"><p class="shown" role="status" aria-live="polite"></p><div class="pages"><button type="button" data-page="previous">Previous</button><button type="button" data-page="next">Next</button></div>
<p class="keys">Keys: <kbd>/</kbd> search ${what}, <kbd>↑</kbd> <kbd>↓</kbd> move, <kbd>Enter</kbd> open, <kbd>←</kbd> <kbd>→</kbd> turn the page, <kbd>Esc</kbd> back</p></div>`;
}
