import type { Json } from '#model/system.ts';

/** A value, or why the text is none. */
export type ParsedJson =
  { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly reason: string };

/** Parses JSON from outside. Refuses what nests deeper than `maxDepth`, which would exhaust the stack further on. */
export function parseJson(text: string, maxDepth = 64): ParsedJson {
  if (isDeeperThan(text, maxDepth)) return { ok: false, reason: `nested deeper than ${maxDepth} levels` };
  try {
    const value: Json = JSON.parse(text);
    return { ok: true, value };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

function isDeeperThan(text: string, maxDepth: number): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') {
      depth++;
      if (depth > maxDepth) return true;
    } else if (char === '}' || char === ']') depth--;
  }
  return false;
}

/** V8's message quotes the text, which may hold anything: only the place is kept. */
function reasonOf(error: unknown): string {
  const place = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
  return place === undefined ? 'not valid JSON' : `not valid JSON at character ${place}`;
}
