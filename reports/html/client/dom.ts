import type { clip, readableInstant, visible } from '../../inert-text.ts';
import type { PageDocument, PageElement } from './page-types.ts';

/** Makes elements from text: there is no way from data to markup. */
export interface Dom {
  readonly element: (
    tag: string,
    attributes: Readonly<Record<string, string>>,
    ...children: readonly (PageElement | string)[]
  ) => PageElement;
  /** A name as it is shown in a table: inert, at most 160 characters, its direction its own. */
  readonly name: (text: string) => PageElement;
  readonly instant: (instant: string | null, none: string) => string;
  readonly mark: (mark: { readonly glyph: string; readonly word: string }, tone: string) => PageElement;
}

/** Runs in the page. */
export function createDom(
  document: PageDocument,
  inert: { visible: typeof visible; clip: typeof clip; readableInstant: typeof readableInstant },
): Dom {
  function element(
    tag: string,
    attributes: Readonly<Record<string, string>>,
    ...children: readonly (PageElement | string)[]
  ): PageElement {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, inert.visible(value));
    made.append(...children.map((child) => (typeof child === 'string' ? inert.visible(child) : child)));
    return made;
  }
  return {
    element,
    name: (text) => {
      if (text.trim() === '') return element('span', { class: 'none' }, '(no name)');
      return element('bdi', text.length > 160 ? { title: text } : {}, inert.clip(text, 160));
    },
    instant: (instant, none) => (instant === null ? none : inert.visible(inert.readableInstant(instant))),
    mark: ({ glyph, word }, tone) =>
      element(
        'span',
        { class: `mark tone-${tone}` },
        element('span', { class: 'glyph', 'aria-hidden': 'true' }, glyph),
        ` ${word}`,
      ),
  };
}
