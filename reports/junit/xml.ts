import { visible } from '../inert-text.ts';

/** Attributes of an element, in the order in which they are written. */
export type Attributes = Readonly<Record<string, string | number>>;

/** An element with its children, or with text. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(String(value))}"`);
  const start = `<${name}${written.join('')}`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.join('')}</${name}>`;
}

/**
 * Text that is no markup, between tags or in a quoted attribute. What cannot be seen, and what XML 1.0 has no way to
 * write, is spelt out.
 * https://www.w3.org/TR/xml/#charsets
 */
export function xmlText(text: string): string {
  return visible(text)
    .replaceAll('\ufffe', '⟨U+FFFE⟩')
    .replaceAll('\uffff', '⟨U+FFFF⟩')
    .replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`);
}
