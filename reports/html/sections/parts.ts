import type { Finding, Severity } from '#model/finding.ts';
import type { Coverage } from '#model/scope.ts';
import { clip } from '../../inert-text.ts';
import type { Lookup } from '../../lookup.ts';
import { counted, COVERAGE_MARKS, SEVERITY_MARKS, systemTitle, UNKNOWN_MARK } from '../../words.ts';
import type { Mark } from '../../words.ts';
import { markup } from '../markup.ts';
import type { Content, Markup } from '../markup.ts';
import type { PageFinding } from '../data.ts';

/** Characters of a name that a table shows. */
export const SHOWN_NAME = 160;

/** A severity as glyph, word and colour. */
export function severityMark(severity: Severity): Markup {
  return mark(SEVERITY_MARKS[severity], severity);
}

/** How a feed was read as glyph, word and colour. */
export function coverageMark(status: Coverage['status']): Markup {
  return mark(COVERAGE_MARKS[status], status === 'complete' ? 'complete' : 'unknown');
}

/** Whether a finding is a failure or an unknown answer, and beside it whether it is new or waived. */
export function statusMark({ status, waiver, baselineState }: PageFinding): Markup {
  const word =
    status === 'unknown' ? mark(UNKNOWN_MARK, 'unknown') : markup`<span class="status">Fail</span>`;
  return markup`${word}${baselineState === 'new' ? markup` <span class="badge new">New</span>` : null}${
    waiver === null ? null : markup` <span class="badge">Waived</span>`
  }`;
}

/** A glyph for the eye and a word for everybody. */
export function mark({ glyph, word }: Mark, tone: string): Markup {
  return markup`<span class="mark tone-${tone}"><span class="glyph" aria-hidden="true">${glyph}</span> ${word}</span>`;
}

/** System and scope in words: `AWS · acme-prod`. */
export function where(row: Pick<Finding, 'system' | 'scopeUid'>, by: Lookup): string {
  const scope = row.scopeUid === null ? null : (by.scope(row.scopeUid)?.name ?? row.scopeUid);
  return clip([systemTitle(row.system), scope].filter((part) => part !== null).join(' · '), SHOWN_NAME);
}

/** Says how many rows the page has no room for. */
export function left(count: number, singular: string, plural: string): Markup | null {
  if (count === 0) return null;
  return markup`<p class="note">${counted(count, singular, plural)} had no room on this page: the json and csv reports hold them all.</p>`;
}

/** A table with a caption for those who do not see where it stands. */
export function table(caption: string, columns: readonly Column[], rows: Content): Markup {
  return markup`<div class="scroll"><table><caption class="unseen">${caption}</caption><thead><tr>${columns.map(
    heading,
  )}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** A heading: its words and, where the column can be sorted, the key and how it sorts first. */
export interface Column {
  readonly title: Content;
  readonly className?: string;
  readonly key?: string;
  readonly first?: 'ascending' | 'descending';
}

function heading({ title, className, key, first }: Column): Markup {
  const attributes = className === undefined ? null : markup` class="${className}"`;
  if (key === undefined) return markup`<th scope="col"${attributes}>${title}</th>`;
  return markup`<th scope="col"${attributes} data-key="${key}" data-title="${title}" data-first="${first ?? 'ascending'}" aria-sort="none"><button type="button" class="sort">${title}</button></th>`;
}
