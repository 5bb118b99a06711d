import type { Json } from '#model/system.ts';
import type { Dom } from './dom.ts';
import type { PageElement } from './page-types.ts';

/** Evidence for reading: objects as lists of terms, lists as lists, times as times. Runs in the page. */
export function createEvidence(dom: Dom): (evidence: Json) => PageElement {
  const { element } = dom;
  const [deepest, longest] = [5, 50];

  function show(value: Json, depth: number): PageElement {
    if (value === null) return element('span', { class: 'none' }, '–');
    if (typeof value === 'boolean') return element('span', {}, value ? 'yes' : 'no');
    if (typeof value === 'number') return element('span', {}, String(value));
    if (typeof value === 'string')
      return element('bdi', {}, value === '' ? '(empty)' : dom.instant(value, ''));
    if (depth >= deepest) return element('code', {}, JSON.stringify(value));
    return isList(value) ? list(value, depth) : terms(value, depth);
  }

  function list(values: readonly Json[], depth: number): PageElement {
    if (values.length === 0) return element('span', { class: 'none' }, 'none');
    const shown = values.slice(0, longest).map((value) => element('li', {}, show(value, depth + 1)));
    if (values.length > longest) shown.push(element('li', {}, `and ${values.length - longest} more`));
    return element('ul', {}, ...shown);
  }

  function terms(value: { readonly [key: string]: Json }, depth: number): PageElement {
    const entries = Object.entries(value);
    if (entries.length === 0) return element('span', { class: 'none' }, 'nothing recorded');
    const shown = entries
      .slice(0, longest)
      .flatMap(([key, each]) => [element('dt', {}, title(key)), element('dd', {}, show(each, depth + 1))]);
    if (entries.length > longest) shown.push(element('dt', {}, `and ${entries.length - longest} more`));
    return element('dl', { class: 'terms' }, ...shown);
  }

  /** `last_used_at` and `lastUsedAt` → `Last used at`. */
  function title(key: string): string {
    const words = key
      .replace(/([a-z0-9])([A-Z])/gu, '$1 $2')
      .replace(/_+/gu, ' ')
      .trim()
      .toLowerCase();
    return words === '' ? key : words.charAt(0).toUpperCase() + words.slice(1);
  }

  function isList(value: Json): value is readonly Json[] {
    return Array.isArray(value);
  }

  return (evidence) => show(evidence, 0);
}
