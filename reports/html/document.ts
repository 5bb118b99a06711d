import { createHash } from 'node:crypto';
import { HATCH } from './bar.ts';
import { packData } from './data.ts';
import type { PageData } from './data.ts';
import { markup, scriptJson } from './markup.ts';
import type { Content, Markup } from './markup.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

/** A page's parts. */
export interface Document {
  readonly title: string;
  readonly masthead: Markup;
  readonly views: readonly { readonly name: string; readonly content: Content }[];
  readonly data: PageData;
}

/**
 * Nothing is loaded, one script and one style may run, and they are told by their hashes. Trusted types forbid the
 * script to make markup from text.
 */
const POLICY = [
  "default-src 'none'",
  `script-src '${hash(SCRIPT)}'`,
  `style-src '${hash(STYLE)}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** The whole file. */
export function document({ title, masthead, views, data }: Document): string {
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="nhi-auditor">
<title>${title}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
${HATCH}
${masthead}
<main id="content" tabindex="-1">
${views.map(({ name, content }) => markup`<section data-view="${name}">\n${content}\n</section>\n`)}
</main>
<footer>Written by nhi-auditor. This file asks the network for nothing.</footer>
<script type="application/json" id="data">${trusted(scriptJson(packData(data)))}</script>
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`;
  return page.markup;
}

/** Text of our own, or made safe by `scriptJson`. */
function trusted(text: string): Markup {
  return { markup: text };
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
