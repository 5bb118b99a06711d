import type { Severity } from '#model/finding.ts';
import { dayOf, type Day, type MaxDays, type WaivableFinding, type Waiver } from './waiver.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Whether a finding is of the kind that the waiver names, whatever the day. */
export function selects({ rule, selector }: Waiver, finding: WaivableFinding): boolean {
  return (
    fits(rule, finding.ruleId) &&
    (selector.system === undefined || selector.system === finding.system) &&
    fits(selector.identity, finding.identityUid) &&
    fits(selector.scope, finding.scopeUid) &&
    fits(selector.environment, finding.environment) &&
    fits(selector.subject, finding.subjectUid)
  );
}

/** Whether the conditions of the waiver still hold for a finding. What cannot be told does not hold. */
export function conditionsHold({ conditions, created }: Waiver, finding: WaivableFinding): boolean {
  return conditions.every((condition) => {
    switch (condition) {
      case 'until-fixed':
        // What was fixed and came back was first seen anew, after the waiver was made.
        return dayOf(finding.firstSeenAt) <= created;
      case 'until-used':
        return finding.lastUsedAt === null ? finding.useMeasured : dayOf(finding.lastUsedAt) <= created;
    }
  });
}

/** Whether its last day is over. */
export function hasExpired({ expires }: Waiver, on: Day): boolean {
  return expires < on;
}

/** How many days it lasts. */
export function daysOf({ created, expires }: Waiver): number {
  return Math.round((Date.parse(expires) - Date.parse(created)) / DAY);
}

/** Whether it lasts longer than something of this severity may be waived. */
export function isTooLong(waiver: Waiver, severity: Severity, maxDays: MaxDays): boolean {
  return daysOf(waiver) > maxDays[severity];
}

/** Whether its owner approved it. */
export function isSelfApproved({ owner, approver }: Waiver): boolean {
  return owner.trim().toLowerCase() === approver.trim().toLowerCase();
}

/** Whether it is as wide as a rule on its face: any rule, or a selector that names nothing but a system. */
export function isTooWide({ rule, selector }: Waiver): boolean {
  const { identity, scope, environment, subject } = selector;
  return rule.includes('*') || [identity, scope, environment, subject].every(isOpen);
}

/** Whether it names one identity or one subject, and no pattern. */
export function namesOne({ selector }: Waiver): boolean {
  return [selector.identity, selector.subject].some((text) => text !== undefined && !text.includes('*'));
}

function isOpen(pattern: string | undefined): boolean {
  return pattern === undefined || /^\*+$/u.test(pattern);
}

/** Whether text fits a pattern in which `*` stands for any text. In time proportional to both lengths at most. */
function fits(pattern: string | undefined, text: string | null): boolean {
  if (pattern === undefined) return true;
  if (text === null) return false;
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return text === pattern;
  if (!text.startsWith(head)) return false;
  let at = head.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - tail.length >= at && text.endsWith(tail);
}
