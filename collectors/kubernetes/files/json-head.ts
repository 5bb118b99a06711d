/**
 * The members that stand at the start of a JSON text, which may be cut off anywhere: texts as they are, everything else
 * as ''. Keys are paths of at most three steps, `kind` or `items.0.kind`; of a list only the first element counts.
 */
export function jsonHead(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const path: Step[] = [];
  let key: string | null = null;
  for (const [, quoted, mark, bare] of text.matchAll(TOKEN)) {
    const inside = path.at(-1);
    if (mark === '}' || mark === ']') {
      path.pop();
    } else if (mark === ',') {
      if (inside?.kind === 'list') inside.index++;
      key = null;
    } else if (quoted !== undefined && inside?.kind === 'object' && key === null) {
      key = textOf(quoted);
    } else if (mark === '{' || mark === '[') {
      note(found, path, key, '');
      path.push(mark === '{' ? { kind: 'object', key } : { kind: 'list', key, index: 0 });
      key = null;
    } else if (mark === undefined) {
      note(found, path, key, bare === undefined ? textOf(quoted ?? '') : '');
    }
  }
  return found;
}

type Step =
  | { readonly kind: 'object'; readonly key: string | null }
  | { readonly kind: 'list'; readonly key: string | null; index: number };

const TOKEN = /("(?:[^"\\]|\\.)*")|([{}[\],:])|([^\s{}[\],:"]+)/gu;
const MAX_STEPS = 3;

/** `key` is the member's name where the innermost container is an object. */
function note(found: Map<string, string>, path: readonly Step[], key: string | null, value: string): void {
  if (path.length === 0 || path.length > MAX_STEPS) return;
  const steps = path.flatMap((step, depth) => {
    const below = path[depth + 1];
    const next = below === undefined ? key : below.key;
    return step.kind === 'list' ? [String(step.index)] : next === null ? [] : [next];
  });
  const name = steps.join('.');
  if (name !== '' && !found.has(name)) found.set(name, value);
}

function textOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return '';
  }
}
