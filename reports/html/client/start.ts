import type { addressPart, clip, readableInstant, visible } from '../../inert-text.ts';
import type { PackedData } from '../data.ts';
import type { unpackRows } from '../packed-rows.ts';
import type { createControls } from './controls.ts';
import type { createDom } from './dom.ts';
import type { createEvidence } from './evidence.ts';
import type { createFindingDetails } from './finding-details.ts';
import type { createFindingsSource } from './findings-view.ts';
import type { createAbsenceWords, createIdentitiesSource } from './identities-view.ts';
import type { createIdentityPage } from './identity-page.ts';
import type { createIdentityTables } from './identity-tables.ts';
import type { createModel } from './model.ts';
import type { createNavigation } from './navigation.ts';
import type { PageWindow } from './page-types.ts';
import type { parseAddress, selectRows } from './rows.ts';
import type { readOrder, shownText, writeQuery } from './table-words.ts';
import type { createTable, Table } from './table.ts';

/** The functions that the page's script is made of. They meet only here, so that each can stand alone in the page. */
export interface ScriptParts {
  readonly addressPart: typeof addressPart;
  readonly clip: typeof clip;
  readonly createAbsenceWords: typeof createAbsenceWords;
  readonly createDom: typeof createDom;
  readonly createEvidence: typeof createEvidence;
  readonly createFindingDetails: typeof createFindingDetails;
  readonly createFindingsSource: typeof createFindingsSource;
  readonly createIdentitiesSource: typeof createIdentitiesSource;
  readonly createIdentityPage: typeof createIdentityPage;
  readonly createIdentityTables: typeof createIdentityTables;
  readonly createModel: typeof createModel;
  readonly createNavigation: typeof createNavigation;
  readonly createControls: typeof createControls;
  readonly createTable: typeof createTable;
  readonly parseAddress: typeof parseAddress;
  readonly readableInstant: typeof readableInstant;
  readonly readOrder: typeof readOrder;
  readonly selectRows: typeof selectRows;
  readonly shownText: typeof shownText;
  readonly unpackRows: typeof unpackRows;
  readonly visible: typeof visible;
  readonly writeQuery: typeof writeQuery;
}

/** Brings the page to life. Runs in the page. */
export function start(window: PageWindow, parts: ScriptParts): void {
  const { document } = window;
  // The page carries exactly what `packData` made.
  const packed = JSON.parse(document.querySelector('#data')?.textContent ?? '') as PackedData;
  const data = {
    ...packed,
    findings: parts.unpackRows(packed.findings),
    identities: parts.unpackRows(packed.identities),
  };
  const dom = parts.createDom(document, parts);
  const model = parts.createModel(data, parts.addressPart);
  const absence = parts.createAbsenceWords();
  const details = parts.createFindingDetails(dom, model, parts.createEvidence(dom));
  const page = parts.createIdentityPage(dom, model, absence, details, parts.createIdentityTables(dom, model));

  const tables = new Map<string, Table>();
  const navigation = parts.createNavigation(window, tables, parts.parseAddress, (address) => {
    const identity = model.identityAt(address);
    return identity === undefined ? null : page(identity);
  });
  const findings = document.querySelector('[data-view=findings]');
  if (findings?.querySelector('form')) {
    const source = parts.createFindingsSource(dom, model, details);
    tables.set('findings', parts.createTable(findings, source, parts, navigation.changed('findings')));
  }
  const identities = document.querySelector('[data-view=identities]');
  if (identities?.querySelector('form')) {
    const source = parts.createIdentitiesSource(dom, model, absence);
    tables.set('identities', parts.createTable(identities, source, parts, navigation.changed('identities')));
  }
  document.documentElement.setAttribute('class', 'scripts');
  navigation.begin();
}
