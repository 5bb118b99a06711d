import { types, type KeyName } from '../keys/key.ts';
import type { Pane } from '../panes/pane.ts';
import type { Link } from '../screen.ts';
import { commandWords } from './commands.ts';
import { helpPage } from './help-page.ts';
import type { Places } from './places.ts';
import { pressInPrompt, startPrompt } from './prompt.ts';
import { bodyRows, tell, type State } from './state.ts';
import { copyKeys, openInEditor, writeRows } from './take-out.ts';

/** Does what a key says. */
export function press(state: State, key: KeyName): void {
  state.notice = null;
  if (key === 'ctrl-c') return state.outlet.quit();
  if (state.prompt !== null) return pressInPrompt(state, key);
  if (key === 'q') return state.outlet.quit();
  if (key === 'r' || key === 'ctrl-r') return state.reload();
  const { places } = state;
  if (places === null) return state.changed();
  if (!moved(state, places.view().pane, key) && !went(state, places, key)) acted(state, places, key);
  state.changed();
}

/** Keys that move the cursor; false for any other. */
function moved(state: State, pane: Pane, key: KeyName): boolean {
  const screenful = bodyRows(state.size) - 1;
  const half = Math.max(1, Math.floor(screenful / 2));
  const steps: Readonly<Record<string, number>> = {
    j: 1,
    down: 1,
    k: -1,
    up: -1,
    'ctrl-d': half,
    'ctrl-u': -half,
    pgdn: screenful,
    'ctrl-f': screenful,
    pgup: -screenful,
    'ctrl-b': -screenful,
  };
  const by = steps[key];
  if (by !== undefined) pane.move(by);
  else if (key === 'g' || key === 'home') pane.toStart();
  else if (key === 'G' || key === 'end') pane.toEnd();
  else return false;
  return true;
}

/** Keys that lead to another place. */
function went(state: State, places: Places, key: KeyName): boolean {
  const { pane } = places.view();
  const tabs = state.host.screens.tabs.length;
  if (/^\d$/u.test(key)) places.goTo((Number(key) + 9) % 10);
  else if (['[', 'h', 'left', 'shift-tab'].includes(key)) places.goTo((places.tab() + tabs - 1) % tabs);
  else if ([']', 'l', 'right', 'tab'].includes(key)) places.goTo((places.tab() + 1) % tabs);
  else if (key === 'enter') {
    const link = pane.enter();
    if (link !== null) follow(state, places, link);
  } else if (key === 'esc' || key === 'backspace') {
    if (pane.filterText() !== '') pane.setFilter('');
    else places.back();
  } else if (key === '?') places.show(helpPage(places.view().screen, commandWords(state.host.screens)));
  else if (key === 'i') openAbout(state, places, 'identity');
  else if (key === 'x' && openAbout(state, places, 'plan')) {
    tell(state, 'Nothing is done or stored: nhi revoke plan makes a plan that can be approved.');
  } else return false;
  return true;
}

function follow(state: State, places: Places, link: Link): boolean {
  const opened = places.open(link);
  if (!opened) tell(state, `There is no screen ${link.screen}.`, 'warning');
  return opened;
}

/** Opens a page about the identity that the cursor is on; false where it is on none. */
function openAbout(state: State, places: Places, screen: string): boolean {
  const uid = places.view().pane.identity();
  if (uid !== undefined) return follow(state, places, { screen, subject: uid });
  tell(state, 'This is about no identity.', 'warning');
  return false;
}

/** Keys that do something with what is there. */
function acted(state: State, places: Places, key: KeyName): void {
  const { screen, pane } = places.view();
  if (key === '/') startPrompt(state, 'filter', pane.filterText());
  else if (key === ':') startPrompt(state, 'command', '');
  else if (key === 'c') copyKeys(state, pane);
  else if (key === 'e') openInEditor(state, pane);
  else if (key === 'o') writeRows(state, screen, pane);
  else if (pane.kind === 'list') actedOnList(state, pane, key);
}

function actedOnList(state: State, pane: Pane & { readonly kind: 'list' }, key: KeyName): void {
  if (key === ' ') pane.mark();
  else if (key === 's') pane.sort(false);
  else if (key === 'S') pane.sort(true);
  else if (key === 'shift-left') pane.selectColumn(-1);
  else if (key === 'shift-right') pane.selectColumn(1);
  else if (types(key) && key !== key.toLowerCase() && !pane.sortByLetter(key)) {
    tell(state, `No column begins with ${key}.`, 'warning');
  }
}
