import { addressPart, clip, readableInstant, visible } from '../inert-text.ts';
import { createControls } from './client/controls.ts';
import { createDom } from './client/dom.ts';
import { createEvidence } from './client/evidence.ts';
import { createFindingDetails } from './client/finding-details.ts';
import { createFindingsSource } from './client/findings-view.ts';
import { createAbsenceWords, createIdentitiesSource } from './client/identities-view.ts';
import { createIdentityPage } from './client/identity-page.ts';
import { createIdentityTables } from './client/identity-tables.ts';
import { createModel } from './client/model.ts';
import { createNavigation } from './client/navigation.ts';
import { parseAddress, selectRows } from './client/rows.ts';
import { start } from './client/start.ts';
import type { ScriptParts } from './client/start.ts';
import { readOrder, shownText, writeQuery } from './client/table-words.ts';
import { createTable } from './client/table.ts';
import { unpackRows } from './packed-rows.ts';

const PARTS: ScriptParts = {
  addressPart,
  clip,
  createAbsenceWords,
  createControls,
  createDom,
  createEvidence,
  createFindingDetails,
  createFindingsSource,
  createIdentitiesSource,
  createIdentityPage,
  createIdentityTables,
  createModel,
  createNavigation,
  createTable,
  parseAddress,
  readableInstant,
  readOrder,
  selectRows,
  shownText,
  unpackRows,
  visible,
  writeQuery,
};

/**
 * The page's script: the source text of the functions under `client/`, each of which refers to nothing outside
 * itself, handed to `start`. So the script is typed, checked and tested like all other code and needs no bundler.
 */
export const SCRIPT = [
  "'use strict';",
  // Loaders that keep the names of functions (tsx) call this in the text they make.
  'const __name = (named) => named;',
  `(${start.toString()})(window, {`,
  ...Object.entries(PARTS).map(([name, part]: [string, () => unknown]) => `${name}: ${part.toString()},`),
  '});',
].join('\n');
