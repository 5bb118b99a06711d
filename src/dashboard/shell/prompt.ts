import type { KeyName } from '../keys/key.ts';
import { commandWords, completions, parseCommand, sharedBeginning } from './commands.ts';
import { completeNames, openIdentity } from './find-by-name.ts';
import { helpPage } from './help-page.ts';
import { edit, typed, type TypedLine } from './line-editor.ts';
import { tell, type Prompt, type State } from './state.ts';

/** How long a filter rests before it is applied while it is typed, in milliseconds. */
const APPLY_MS = 100;
const REMEMBERED = 50;

const timers = new WeakMap<State, NodeJS.Timeout>();

/** Begins to ask for a filter or a command. */
export function startPrompt(state: State, kind: Prompt['kind'], text: string): void {
  state.prompt = { kind, line: typed(text), before: text, back: -1, names: [] };
  state.changed();
}

/** Does what a key says while something is typed. */
export function pressInPrompt(state: State, key: KeyName): void {
  const { prompt } = state;
  if (prompt === null) return;
  if (key === 'esc' || (key === 'backspace' && prompt.line.text === '')) leave(state, prompt);
  else if (key === 'enter') accept(state, prompt);
  else if (key === 'up' || key === 'ctrl-p') remember(state, prompt, 1);
  else if (key === 'down' || key === 'ctrl-n') remember(state, prompt, -1);
  else if (key === 'tab' && prompt.kind === 'command') complete(state, prompt);
  else type(state, prompt, edit(prompt.line, key));
  state.changed();
}

function type(state: State, prompt: Prompt, line: TypedLine | null): void {
  if (line === null) return;
  state.prompt = { ...prompt, line, back: -1, names: [] };
  if (prompt.kind === 'filter' && line.text !== prompt.line.text) applySoon(state, line.text);
}

function applySoon(state: State, text: string): void {
  clearTimeout(timers.get(state));
  timers.set(
    state,
    setTimeout(() => state.places?.view().pane.setFilter(text), APPLY_MS),
  );
}

function leave(state: State, prompt: Prompt): void {
  state.prompt = null;
  if (prompt.kind === 'filter') applyNow(state, prompt.before);
}

function accept(state: State, prompt: Prompt): void {
  const { text } = prompt.line;
  state.prompt = null;
  keep(state.history[prompt.kind], text);
  if (prompt.kind === 'filter') {
    applyNow(state, text);
    const problem = state.places?.view().pane.filter().problem ?? null;
    if (problem !== null) tell(state, `That part of the filter was left out: ${problem}.`, 'warning');
  } else run(state, text);
}

function applyNow(state: State, text: string): void {
  clearTimeout(timers.get(state));
  state.places?.view().pane.setFilter(text);
}

function keep(history: string[], text: string): void {
  if (text.trim() === '' || history[0] === text) return;
  history.unshift(text);
  history.length = Math.min(history.length, REMEMBERED);
}

function remember(state: State, prompt: Prompt, by: number): void {
  const history = state.history[prompt.kind];
  const back = Math.max(-1, Math.min(history.length - 1, prompt.back + by));
  const text = back < 0 ? '' : (history[back] ?? '');
  state.prompt = { ...prompt, line: typed(text), back, names: [] };
  if (prompt.kind === 'filter') applySoon(state, text);
}

function complete(state: State, prompt: Prompt): void {
  const { text } = prompt.line;
  const words = completions(text, commandWords(state.host.screens));
  if (words.length > 0) {
    const [only] = words;
    const line = words.length === 1 && only !== undefined ? `${only} ` : sharedBeginning(words);
    state.prompt = { ...prompt, line: typed(line), names: words };
  } else completeNames(state, prompt);
}

function run(state: State, text: string): void {
  const { places, host } = state;
  const command = parseCommand(text, host.screens);
  if (command === null || places === null) return;
  switch (command.kind) {
    case 'quit':
      return state.outlet.quit();
    case 'reload':
      return state.reload();
    case 'help':
      return places.show(helpPage(places.view().screen, commandWords(host.screens)));
    case 'tab': {
      places.goTo(command.index);
      places.toRoot();
      return places.view().pane.setFilter(command.filter);
    }
    case 'identity':
      return openIdentity(state, command.name);
  }
}
