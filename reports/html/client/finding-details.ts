import type { FindingWaiver } from '#contract/report.ts';
import type { PageFinding } from '../data.ts';
import type { Json } from '#model/system.ts';
import type { Dom } from './dom.ts';
import type { PageModel } from './model.ts';
import type { PageElement } from './page-types.ts';

/** Everything about a finding that its row does not say. Runs in the page. */
export function createFindingDetails(
  dom: Dom,
  model: PageModel,
  evidence: (evidence: Json) => PageElement,
): (finding: PageFinding) => PageElement {
  const { element } = dom;

  function fact(term: string, text: string | null): PageElement[] {
    return text === null ? [] : [element('dt', {}, term), element('dd', {}, element('code', {}, text))];
  }

  function prose(title: string, text: string): PageElement[] {
    const lines = text
      .trim()
      .split(/\s*\n\s*/u)
      .filter((line) => line !== '');
    return lines.length === 0
      ? []
      : [element('h4', {}, title), ...lines.map((line) => element('p', {}, line))];
  }

  function waived(waiver: FindingWaiver | null): PageElement[] {
    if (waiver === null) return [];
    const { id, reason, owner, approver, ticket, expires } = waiver;
    const terms = {
      Waiver: id,
      Reason: reason,
      Owner: owner,
      Approver: approver,
      Ticket: ticket,
      Until: expires,
    };
    const list = Object.entries(terms).flatMap(([term, text]) => fact(term, text));
    return [element('h4', {}, 'Waived'), element('dl', { class: 'terms waived' }, ...list)];
  }

  return (finding) => {
    const rule = model.rule(finding.ruleId);
    const unknown = finding.status === 'unknown';
    return element(
      'div',
      { class: 'details' },
      element(
        'div',
        {},
        element('h4', {}, unknown ? 'Why this is unknown' : 'Evidence'),
        evidence(finding.evidence),
        element(
          'dl',
          { class: 'terms ids' },
          ...fact('About', finding.subjectUid),
          ...fact('Identity', finding.identityUid),
          ...fact('Rule', finding.ruleId),
          ...fact('Category', finding.category),
          ...fact('Playbook', finding.playbook),
          ...fact('Finding', finding.id),
          ...fact('First seen', dom.instant(finding.firstSeenAt, '–')),
        ),
      ),
      element(
        'div',
        {},
        ...waived(finding.waiver),
        ...prose('Why it matters', rule?.about ?? ''),
        ...prose('What to do', rule?.remedy ?? ''),
      ),
    );
  };
}
