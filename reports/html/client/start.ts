import type { Finding } from '#model/finding.ts';
import type { addressPart, clip, readableInstant, visible } from '../../inert-text.ts';
import type { PageData, PageIdentity } from '../data.ts';
import type { createDom } from './dom.ts';
import type { createEvidence } from './evidence.ts';
import type { createFindingDetails } from './finding-details.ts';
import type { createFindingsSource } from './findings-view.ts';
import type { createAbsenceWords, createIdentitiesSource } from './identities-view.ts';
import type { createIdentityPage } from './identity-page.ts';
import type { createModel } from './model.ts';
import type { createNavigation } from './navigation.ts';
import type { PageWindow } from './page-types.ts';
import type { parseAddress, selectRows } from './rows.ts';
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
  readonly createModel: typeof createModel;
  readonly createNavigation: typeof createNavigation;
  readonly createTable: typeof createTable<Finding> & typeof createTable<PageIdentity>;
  readonly parseAddress: typeof parseAddress;
  readonly readableInstant: typeof readableInstant;
  readonly selectRows: typeof selectRows;
  readonly visible: typeof visible;
}

/** Brings the page to life. Runs in the page. */
export function start(window: PageWindow, parts: ScriptParts): void {
  const { document } = window;
  // The page carries exactly what `pageData` made.
  const data = JSON.parse(document.querySelector('#data')?.textContent ?? '') as PageData;
  const dom = parts.createDom(document, parts);
  const model = parts.createModel(data, parts.addressPart);
  const absence = parts.createAbsenceWords();
  const details = parts.createFindingDetails(dom, model, parts.createEvidence(dom));
  const page = parts.createIdentityPage(dom, model, absence, details);

  const tables = new Map<string, Table>();
  const navigation = parts.createNavigation(window, tables, parts.parseAddress, (address) => {
    const identity = model.identityAt(address);
    return identity === undefined ? null : page(identity);
  });
  const findings = document.querySelector('[data-view=findings]');
  if (findings?.querySelector('form')) {
    const source = parts.createFindingsSource(dom, model, details);
    tables.set(
      'findings',
      parts.createTable(findings, source, parts.selectRows, navigation.changed('findings')),
    );
  }
  const identities = document.querySelector('[data-view=identities]');
  if (identities?.querySelector('form')) {
    const source = parts.createIdentitiesSource(dom, model, absence);
    tables.set(
      'identities',
      parts.createTable(identities, source, parts.selectRows, navigation.changed('identities')),
    );
  }
  document.documentElement.setAttribute('class', 'scripts');
  navigation.begin();
}
