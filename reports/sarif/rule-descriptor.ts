import type { RuleHeader } from '#contract/rule.ts';
import { LEVELS, SCORES } from './severity.ts';
import { longMessage, message } from './text.ts';

/** A rule as SARIF describes it: what it means and what to do. */
export function ruleDescriptor({ id, title, category, severity, about, remedy }: RuleHeader): object {
  return {
    id,
    shortDescription: message(title.replace(/\{\{(\w+)\}\}/gu, '‹$1›')),
    fullDescription: message(about.trim().replace(/\s+/gu, ' ')),
    help: longMessage(`${about.trim()}\n\nWhat to do:\n${remedy.trim()}`),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { category, severity, 'security-severity': SCORES[severity], tags: ['security', category] },
  };
}
