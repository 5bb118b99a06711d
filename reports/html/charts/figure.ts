import { markup } from '../markup.ts';
import type { Content, Markup } from '../markup.ts';
import { table } from '../sections/parts.ts';
import type { Column } from '../sections/parts.ts';

/** What a picture shows, in numbers. */
export interface Numbers {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Content[])[];
}

/** A picture with its title, and its numbers as a table to unfold: nobody needs to see the picture to have them. */
export function figure(title: string, note: Content, picture: Content, numbers: Numbers | null): Markup {
  return markup`<figure><figcaption><h3>${title}</h3>${note === null ? null : markup`<p class="small">${note}</p>`}</figcaption>
${picture}
${
  numbers === null
    ? null
    : markup`<details class="numbers"><summary>Numbers</summary>${table(title, numbers.columns, numbers.rows.map(row))}</details>`
}</figure>`;
}

function row([first = null, ...rest]: readonly Content[]): Markup {
  return markup`<tr><th scope="row">${first}</th>${rest.map((cell) => markup`<td class="n">${cell}</td>`)}</tr>`;
}
