import { visible } from '../inert-text.ts';

/** Markup that may stand in a page as it is. */
export interface Markup {
  readonly markup: string;
}

/** What a template takes: markup as it is, text and numbers escaped, null as nothing, lists one after the other. */
export type Content = Markup | string | number | null | readonly Content[];

/** A template whose values can be no markup unless they were made here: `markup\`<b>${name}</b>\``. */
export function markup(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return { markup: strings.map((string, at) => string + written(values[at] ?? null)).join('') };
}

/** Text that is no markup, neither between tags nor in a quoted attribute, with invisible characters spelt out. */
export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** JSON that can end no script element and begin no comment. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function written(content: Content): string {
  if (content === null) return '';
  if (typeof content === 'number') return String(content);
  if (typeof content === 'string') return escapeHtml(content);
  return 'markup' in content ? content.markup : content.map(written).join('');
}
