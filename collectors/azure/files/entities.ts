import { parseJson } from '#collectors/shared/parse-json.ts';
import { splitJson } from '#collectors/shared/split-json.ts';
import { readText, readUtf8 } from '#collectors/shared/utf8-text.ts';
import type { RecognisedFile } from '#contract/collector.ts';
import { CollectError } from '#model/errors.ts';
import { contextIn } from './names.ts';
import { objectOf, type Fields } from './fields.ts';

/** One entity of a file, with the `@odata.context` that its page gave, and where it stood. */
export interface Entity {
  readonly fields: Fields;
  readonly context: string;
  readonly place: string;
}

/** What went wrong in a file; a next page that the file does not hold counts. */
export interface FileProblem {
  readonly problem: string;
}

const LIMIT = 8 * 1024 * 1024;

/** Yields the entities of a page, of several pages in a row, of a plain list, or the one that is the whole file. */
export async function* entitiesOf(
  file: RecognisedFile,
  signal: AbortSignal,
): AsyncGenerator<Entity | FileProblem> {
  let context = contextIn(file.label);
  let isList = false;
  const options = { lists: ['', 'value'], members: ['@odata.context', '@odata.nextLink', 'nextLink'] };
  try {
    for await (const parts of splitJson(readUtf8(file.path, signal), options)) {
      for (const part of parts) {
        if (part.kind === 'list') isList = true;
        else if (part.kind === 'broken') yield { problem: `byte ${part.position}: ${part.reason}` };
        else if (part.kind === 'refused')
          yield { problem: `${part.path}[${part.index ?? ''}] at byte ${part.position}: ${part.reason}` };
        else {
          const parsed = parseJson(part.bytes.toString('utf8'));
          const place = `byte ${part.position}`;
          if (!parsed.ok) yield { problem: `${place}: not valid JSON` };
          else if (part.kind === 'element') yield* entityOf(parsed.value, context, place);
          else if (part.path === '@odata.context')
            context ||= typeof parsed.value === 'string' ? parsed.value : '';
          else if (parsed.value !== null) yield { problem: `${place}: a next page is not in the file` };
        }
      }
    }
    if (!isList) {
      const parsed = parseJson(await readText(file.path, LIMIT, signal));
      if (parsed.ok) yield* entityOf(parsed.value, context, 'byte 0');
    }
  } catch (error) {
    if (!(error instanceof CollectError)) throw error;
    yield { problem: error.message };
  }
}

function* entityOf(value: unknown, context: string, place: string): Generator<Entity | FileProblem> {
  const fields = objectOf(value);
  // A list of pages holds their entities one level down.
  if (fields !== null && Array.isArray(fields['value']) && fields['id'] === undefined) {
    const own = fields['@odata.context'];
    for (const each of fields['value']) yield* entityOf(each, typeof own === 'string' ? own : context, place);
    if (typeof (fields['@odata.nextLink'] ?? fields['nextLink']) === 'string')
      yield { problem: `${place}: a next page is not in the file` };
  } else if (fields === null) yield { problem: `${place}: expected an object` };
  else yield { fields, context, place };
}
