import type { Coverage } from '#model/scope.ts';
import type { PageFinding, PageIdentity } from '../data.ts';
import type { Dom } from './dom.ts';
import type { AbsenceWords } from './identities-view.ts';
import type { PageModel } from './model.ts';
import type { PageElement } from './page-types.ts';

/** One identity whole: what it is, what it can do, what is wrong with it, and what is not known. Runs in the page. */
export function createIdentityPage(
  dom: Dom,
  model: PageModel,
  absence: AbsenceWords,
  details: (finding: PageFinding) => PageElement,
  tables: (identity: PageIdentity) => readonly PageElement[],
): (identity: PageIdentity) => readonly PageElement[] {
  const { element, mark, name } = dom;
  const { marks } = model.data;

  function facts(identity: PageIdentity): PageElement {
    const enabled = identity.enabled === null ? 'not known' : identity.enabled ? 'yes' : 'no';
    const pairs: readonly (readonly [string, string])[] = [
      ['Where', model.where(identity)],
      ['Kind', identity.kind],
      ['Class', `${identity.class}: ${identity.classReason}`],
      ['Owner', identity.owner ?? 'none on record'],
      ['Managed by', identity.managedBy],
      ['Environment', identity.environment ?? 'not known'],
      ['Enabled', enabled],
      ['Created', dom.instant(identity.createdAt, 'not known')],
      ['Last used', dom.instant(identity.lastUsedAt, absence.lastUsed(identity))],
      ['Credentials', String(identity.credentials)],
      ['Grants', String(identity.grants)],
    ];
    return element(
      'dl',
      { class: 'facts' },
      ...pairs.map(([term, text]) =>
        element('div', {}, element('dt', {}, term), element('dd', {}, name(text))),
      ),
    );
  }

  function capabilities(identity: PageIdentity): PageElement[] {
    if (identity.capabilities.length === 0)
      return [element('p', { class: 'none' }, absence.capabilities(identity))];
    const items = identity.capabilities.map((each) => {
      const words = model.capability(each);
      return element(
        'li',
        {},
        element('span', { class: 'tag' }, name(each)),
        words === undefined ? '' : ` ${words}`,
      );
    });
    return [element('ul', { class: 'capabilities' }, ...items)];
  }

  function article(finding: PageFinding): PageElement {
    const unknown = finding.status === 'unknown' ? [mark(marks.unknown, 'unknown')] : [];
    return element(
      'article',
      {},
      element(
        'h4',
        { class: 'finding' },
        mark(marks.severities[finding.severity], finding.severity),
        ...unknown,
        ...(finding.waiver === null ? [] : [element('span', { class: 'badge' }, 'Waived')]),
        name(finding.title),
      ),
      details(finding),
    );
  }

  function findings(identity: PageIdentity): PageElement[] {
    const all = model.findingsOf(identity.uid);
    const missing = identity.failed + identity.unknown - all.length;
    const left = missing > 0 ? [element('p', { class: 'note' }, `${missing} more in the json report.`)] : [];
    if (all.length + missing > 0) return [...all.map(article), ...left];
    const caution =
      model.gapsOf(identity).length + model.unplacedGaps > 0
        ? ' in what was measured; see what was not, below'
        : '';
    return [element('p', { class: 'none' }, `No findings${caution}.`)];
  }

  function gaps(identity: PageIdentity): PageElement[] {
    const all = model.gapsOf(identity);
    const items = all.slice(0, 50).map(gap);
    if (all.length > 50) items.push(element('li', {}, `and ${all.length - 50} more`));
    if (all.length === 0) items.push(element('li', {}, 'Nothing is recorded as missing there.'));
    if (model.unplacedGaps > 0) {
      const link = element('a', { href: '#/coverage' }, 'coverage');
      items.push(
        element(
          'li',
          {},
          `Gaps that belong to no system, and could bear on it too: ${model.unplacedGaps}, see `,
          link,
        ),
      );
    }
    return [element('ul', { class: 'gaps' }, ...items)];
  }

  function gap({ status, feed, call, detail, missingPermission }: Coverage): PageElement {
    const needs = missingPermission === null ? '' : `, needs ${missingPermission}`;
    const text = [feed, call].filter((part) => part !== null).join(', ');
    return element(
      'li',
      {},
      mark(marks.coverage[status], 'unknown'),
      ` ${text}${needs}${detail === null ? '' : `: ${detail}`}`,
    );
  }

  return (identity) => [
    element('p', { class: 'back' }, element('a', { href: '#/findings', 'data-back': '' }, '← Back')),
    element('h2', { tabindex: '-1' }, name(identity.name || identity.uid)),
    element('p', { class: 'uid' }, element('code', {}, identity.uid)),
    facts(identity),
    element('h3', {}, 'What it can do'),
    ...capabilities(identity),
    ...tables(identity),
    element('h3', {}, `Findings (${identity.failed} failed, ${identity.unknown} unknown)`),
    ...findings(identity),
    element('h3', {}, 'What was not measured where it lives'),
    ...gaps(identity),
  ];
}
