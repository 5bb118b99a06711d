import type { PageDetails, PageIdentity } from '../data.ts';
import type { Dom } from './dom.ts';
import type { PageModel } from './model.ts';
import type { PageElement } from './page-types.ts';

/** Credentials, grants and uses of an identity, row by row; nothing where the page does not carry them. Runs in the page. */
export function createIdentityTables(
  dom: Dom,
  model: PageModel,
): (identity: PageIdentity) => readonly PageElement[] {
  const { element, name } = dom;

  function table(
    caption: string,
    headings: readonly string[],
    rows: readonly (readonly string[])[],
  ): PageElement {
    const head = headings.map((title) => element('th', { scope: 'col' }, title));
    const lines = rows.map((cells) =>
      element('tr', {}, ...cells.map((cell) => element('td', {}, name(cell)))),
    );
    return element(
      'div',
      { class: 'scroll' },
      element(
        'table',
        {},
        element('caption', { class: 'unseen' }, caption),
        element('thead', {}, element('tr', {}, ...head)),
        element('tbody', {}, ...lines),
      ),
    );
  }

  function section(
    title: string,
    count: number,
    headings: readonly string[],
    rows: readonly (readonly string[])[],
  ): PageElement[] {
    const heading = element('h3', {}, `${title} (${count})`);
    if (rows.length === 0) return [heading, element('p', { class: 'none' }, 'None on record.')];
    const more = count - rows.length;
    const note = more > 0 ? [element('p', { class: 'note' }, `${more} more: nhi show lists them all.`)] : [];
    return [heading, table(title, headings, rows), ...note];
  }

  function credentials({ credentials: rows }: PageDetails): string[][] {
    const evidence = {
      used: '–',
      never: 'never',
      'not-in-window': 'none seen in the window',
      none: 'not measured',
    };
    return rows.map((row) => [
      row.kind,
      row.name,
      row.enabled === null ? 'not known' : row.enabled ? 'yes' : 'no',
      dom.instant(row.createdAt, 'not known'),
      dom.instant(row.expiresAt, 'never, or not known'),
      dom.instant(row.lastUsedAt, evidence[row.lastUsedEvidence]),
    ]);
  }

  function grants({ grants: rows }: PageDetails): string[][] {
    return rows.map((row) => [
      row.role,
      row.state === 'active' ? row.kind : `${row.kind}, ${row.state}`,
      row.resourceUid ?? model.scopeName(row.scopeUid),
      row.group ?? 'itself',
    ]);
  }

  function usages({ usages: rows }: PageDetails): string[][] {
    return rows.map((row) => [
      row.permission ?? row.subject,
      dom.instant(row.lastUsedAt, 'none seen'),
      dom.instant(row.windowStart, 'not known'),
      row.source,
    ]);
  }

  return (identity) => {
    const details = model.details(identity.uid);
    if (details === undefined) return [];
    const held = grants(details);
    return [
      ...section(
        'Credentials',
        identity.credentials,
        ['Kind', 'Name', 'Enabled', 'Created', 'Expires', 'Last used'],
        credentials(details),
      ),
      // Grants of its groups come on top of its own.
      ...section('Grants', Math.max(identity.grants, held.length), ['Role', 'Kind', 'On', 'Given to'], held),
      ...section(
        'Use',
        details.usages.length,
        ['Of what', 'Last used', 'Looked at since', 'Source'],
        usages(details),
      ),
    ];
  };
}
