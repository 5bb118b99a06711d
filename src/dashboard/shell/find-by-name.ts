import { KnownError } from '#model/errors.ts';
import { sharedBeginning } from './commands.ts';
import { typed } from './line-editor.ts';
import { tell, type Prompt, type State } from './state.ts';

const SHOWN = 5;

/** Opens the identity of this uid or name, or a list of those that have it in their name. */
export function openIdentity(state: State, name: string): void {
  const asked = state.places;
  const found = state.open?.data.reader.all<{ uid: string }>(
    `SELECT uid FROM identities
     WHERE uid = $name OR lower(name) = lower($name)
        OR (contains(lower(uid), lower($name)) AND NOT EXISTS (
              FROM identities WHERE uid = $name OR lower(name) = lower($name)))
     ORDER BY uid LIMIT 2`,
    { name },
  );
  found?.then(([one, other]) => {
    if (asked === null || state.places !== asked) return;
    if (one === undefined) tell(state, `No screen and no identity is called ${name}.`, 'warning');
    else if (other === undefined) asked.open({ screen: 'identity', subject: one.uid });
    else asked.open({ screen: 'identities', filter: `"${name.replaceAll('"', '')}"` });
  }, told(state));
}

/** Completes a name of an identity in the prompt. */
export function completeNames(state: State, prompt: Prompt): void {
  const { text } = prompt.line;
  const [, word = '', beginning = ''] = /^(identity\s+)?(.*)$/su.exec(text) ?? [];
  if (beginning === '') return;
  const found = state.open?.data.reader.all<{ name: string }>(
    `SELECT DISTINCT name FROM identities WHERE starts_with(lower(name), lower($beginning))
     ORDER BY length(name), name LIMIT ${SHOWN}`,
    { beginning },
  );
  found?.then((rows) => {
    if (state.prompt !== prompt) return;
    const names = rows.map(({ name }) => name);
    if (names.length === 0) return tell(state, `Nothing begins with ${beginning}.`, 'warning');
    const shared = sharedBeginning(names);
    const line = shared.length >= beginning.length ? shared : beginning;
    state.prompt = { ...prompt, line: typed(word + line), names };
    state.changed();
  }, told(state));
}

function told(state: State): (error: unknown) => void {
  return (error) => {
    if (error instanceof KnownError) tell(state, error.message, 'bad');
    else state.fail(error);
  };
}
