import type { Severity } from '#model/finding.ts';
import type { PageIdentity } from '../data.ts';
import type { Dom } from './dom.ts';
import type { PageModel } from './model.ts';
import type { PageElement } from './page-types.ts';
import type { TableSource } from './table.ts';

/** Words for what is not there: whether nothing was found or nothing was measured. */
export interface AbsenceWords {
  readonly lastUsed: (identity: PageIdentity) => string;
  readonly capabilities: (identity: PageIdentity) => string;
}

/** Runs in the page. */
export function createAbsenceWords(): AbsenceWords {
  return {
    lastUsed: ({ usage }) => {
      if (usage === 'complete') return 'none seen';
      return usage === 'partial' ? 'none seen, partly measured' : 'not measured';
    },
    capabilities: ({ access }) => {
      if (access === 'complete') return 'none found';
      return access === 'partial' ? 'none found, partly read' : 'not known: grants were not read';
    },
  };
}

/** The identities as rows that lead to their pages. Runs in the page. */
export function createIdentitiesSource(
  dom: Dom,
  model: PageModel,
  absence: AbsenceWords,
): TableSource<PageIdentity> {
  const { element, name, mark } = dom;
  const { marks } = model.data;
  const weights: Record<Severity, number> = { critical: 5, high: 4, medium: 3, low: 2, info: 1 };

  function worstCell({ worst, unknown }: PageIdentity): PageElement {
    if (worst !== null) return element('td', {}, mark(marks.severities[worst], worst));
    return element(
      'td',
      {},
      unknown > 0 ? mark(marks.unknown, 'unknown') : element('span', { class: 'none' }, 'none'),
    );
  }

  function capabilitiesCell(identity: PageIdentity): PageElement {
    const { capabilities } = identity;
    if (capabilities.length === 0) return element('td', { class: 'none' }, absence.capabilities(identity));
    const more =
      capabilities.length > 3 ? [element('span', { class: 'none' }, `+${capabilities.length - 3}`)] : [];
    const tags = capabilities.slice(0, 3).map((each) => element('span', { class: 'tag' }, name(each)));
    return element('td', { class: 'tags' }, ...tags, ...more);
  }

  function lastUsedCell(identity: PageIdentity): PageElement {
    const { lastUsedAt } = identity;
    if (lastUsedAt === null) return element('td', { class: 'none' }, absence.lastUsed(identity));
    return element('td', { class: 'date' }, lastUsedAt.slice(0, 10));
  }

  return {
    rows: model.data.identities,
    row: (identity) =>
      element(
        'tr',
        {},
        element(
          'td',
          {},
          element(
            'a',
            { class: 'open', href: model.identityAddress(identity) },
            name(identity.name || identity.uid),
          ),
        ),
        element('td', {}, name(model.where(identity))),
        element('td', {}, name(identity.kind), element('span', { class: 'under' }, name(identity.class))),
        worstCell(identity),
        element('td', { class: 'n' }, String(identity.failed)),
        element('td', { class: 'n' }, String(identity.unknown)),
        capabilitiesCell(identity),
        lastUsedCell(identity),
        element(
          'td',
          identity.owner === null ? { class: 'none' } : {},
          name(identity.owner ?? 'none on record'),
        ),
      ),
    haystack: (identity) =>
      [
        identity.name,
        identity.uid,
        identity.kind,
        identity.owner ?? '',
        identity.environment ?? '',
        model.where(identity),
      ]
        .concat(identity.capabilities)
        .join('\n')
        .toLowerCase(),
    facets: {
      severity: (identity) => [identity.worst ?? 'none'],
      system: (identity) => [identity.system],
      class: (identity) => [identity.class],
      managed: (identity) => [identity.managedBy],
      capability: (identity) => identity.capabilities,
      owner: (identity) => [identity.owner === null ? 'no' : 'yes'],
    },
    keys: {
      name: (identity) => identity.name.toLowerCase(),
      where: (identity) => model.where(identity).toLowerCase(),
      kind: (identity) => identity.kind,
      worst: (identity) => (identity.worst === null ? 0 : weights[identity.worst]),
      failed: (identity) => identity.failed,
      unknown: (identity) => identity.unknown,
      capabilities: (identity) => identity.capabilities.length,
      lastUsed: (identity) => identity.lastUsedAt ?? '',
      owner: (identity) => (identity.owner ?? '').toLowerCase(),
    },
  };
}
