import type { Severity } from '#model/finding.ts';
import type { Dom } from './dom.ts';
import type { PageModel } from './model.ts';
import type { PageElement } from './page-types.ts';
import type { TableSource } from './table.ts';
import type { PageFinding } from '../data.ts';

/** The findings as rows that open. Runs in the page. */
export function createFindingsSource(
  dom: Dom,
  model: PageModel,
  details: (finding: PageFinding) => PageElement,
): TableSource<PageFinding> {
  const { element, name, mark } = dom;
  const { marks } = model.data;
  const weights: Record<Severity, number> = { critical: 5, high: 4, medium: 3, low: 2, info: 1 };
  const haystacks = new Map<PageFinding, string>();

  function haystack(finding: PageFinding): string {
    const known = haystacks.get(finding);
    if (known !== undefined) return known;
    const identity = model.identity(finding.identityUid);
    const made = [
      finding.title,
      finding.ruleId,
      finding.id,
      model.where(finding),
      finding.waiver?.id ?? '',
      ...[finding.identityUid, finding.subjectUid, identity?.name, identity?.owner].map((text) => text ?? ''),
    ]
      .join('\n')
      .toLowerCase();
    haystacks.set(finding, made);
    return made;
  }

  function identityName(finding: PageFinding): string {
    return model.identity(finding.identityUid)?.name ?? finding.identityUid ?? '–';
  }

  function identityCell(finding: PageFinding): PageElement {
    const identity = model.identity(finding.identityUid);
    if (identity === undefined) return element('td', {}, name(identityName(finding)));
    const owner = identity.owner === null ? [] : [element('span', { class: 'under' }, name(identity.owner))];
    return element(
      'td',
      {},
      element('a', { href: model.identityAddress(identity) }, name(identity.name)),
      ...owner,
    );
  }

  function titleCell(finding: PageFinding): PageElement {
    const opener = element(
      'button',
      { type: 'button', class: 'open', 'aria-expanded': 'false' },
      name(finding.title),
    );
    return element('td', {}, opener, element('code', { class: 'under' }, name(finding.ruleId)));
  }

  function statusCell({ status, waiver, baselineState }: PageFinding): PageElement {
    return element(
      'td',
      {},
      status === 'unknown' ? mark(marks.unknown, 'unknown') : element('span', { class: 'status' }, 'Fail'),
      ...(baselineState === 'new' ? [' ', element('span', { class: 'badge new' }, 'New')] : []),
      ...(waiver === null ? [] : [' ', element('span', { class: 'badge' }, 'Waived')]),
    );
  }

  function row(finding: PageFinding): PageElement {
    const title = titleCell(finding);
    const made = element(
      'tr',
      {},
      element('td', {}, mark(marks.severities[finding.severity], finding.severity)),
      statusCell(finding),
      title,
      identityCell(finding),
      element('td', {}, name(model.where(finding))),
      element('td', { class: 'date' }, finding.firstSeenAt.slice(0, 10)),
    );
    const opener = title.querySelector('button');
    let open: PageElement | null = null;
    opener?.addEventListener('click', () => {
      if (open === null) {
        open = element('tr', { class: 'opened' }, element('td', { colspan: '6' }, details(finding)));
        made.after(open);
      } else {
        open.remove();
        open = null;
      }
      opener.setAttribute('aria-expanded', String(open !== null));
    });
    return made;
  }

  return {
    rows: model.data.findings,
    row,
    haystack,
    facets: {
      severity: (finding) => [finding.severity],
      status: (finding) => [finding.status],
      system: (finding) => [finding.system ?? 'none'],
      category: (finding) => [finding.category],
      rule: (finding) => [finding.ruleId],
      waiver: ({ waiver }) => [waiver === null ? 'no' : 'yes'],
      baseline: ({ baselineState }) => (baselineState === null ? [] : [baselineState]),
    },
    keys: {
      severity: (finding) => weights[finding.severity],
      status: (finding) => finding.status,
      title: (finding) => finding.title.toLowerCase(),
      identity: (finding) => identityName(finding).toLowerCase(),
      where: (finding) => model.where(finding).toLowerCase(),
      firstSeen: (finding) => finding.firstSeenAt,
    },
  };
}
