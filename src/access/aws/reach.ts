import { awsActionName, resourceTemplates } from '#catalogue/aws/actions.ts';
import { ANY_RUN, DIGIT, meet, SEGMENT_RUN, unitsOfPattern, type Unit } from './overlap.ts';
import { hasVariables, type Pattern } from './pattern.ts';

/** How much of what an action can be done on lies within some resource patterns. */
export type Reach = 'all' | 'some' | 'none';

/** Whose resources are meant: the account that the question is about. */
export interface Home {
  readonly partition: string;
  readonly account: string;
}

/**
 * Says of an action how much of its resources in `home` the patterns take in, by the ARN templates that AWS documents
 * for it. Resources in other accounts count for `some`, never for `all`. For actions that know resources only.
 */
export function reachOf(patterns: readonly Pattern[], home: Home): (action: number) => Reach {
  const firm = patterns.filter((pattern) => !hasVariables(pattern)).map(unitsOfPattern);
  const wide = patterns.map(unitsOfPattern);
  const covered = remember((template) => {
    const units = unitsOfTemplate(template, home, true);
    return firm.some((pattern) => meet(pattern, units, true));
  });
  const touchedAtHome = remember((template) => {
    const units = unitsOfTemplate(template, home, true);
    return wide.some((pattern) => meet(pattern, units, false));
  });
  const touched = remember((template) => {
    const units = unitsOfTemplate(template, home, false);
    return wide.some((pattern) => meet(pattern, units, false));
  });
  return (action) => {
    const templates = resourceTemplates(action);
    // An access point is a second way to the same objects, and its own policy and the bucket's decide on it.
    const own = templates.filter((template) => !template.includes(':accesspoint/'));
    const decisive = own.length > 0 ? own : templates;
    if (decisive.every(covered)) return 'all';
    // IAM acts within its own account only; elsewhere another account's resource may have let us in.
    const isIam = awsActionName(action).startsWith('iam:');
    return templates.some(isIam ? touchedAtHome : touched) ? 'some' : 'none';
  };
}

function remember(ask: (template: string) => boolean): (template: string) => boolean {
  const known = new Map<string, boolean>();
  return (template) => {
    const before = known.get(template);
    if (before !== undefined) return before;
    const answer = ask(template);
    known.set(template, answer);
    return answer;
  };
}

function unitsOfTemplate(template: string, home: Home, homeOnly: boolean): Unit[] {
  let colons = 0;
  return Array.from(template.replace('arn:*:', `arn:${home.partition}:`)).flatMap((character): Unit[] => {
    if (character === ':') colons += 1;
    if (character === '*') return [colons < 5 ? SEGMENT_RUN : ANY_RUN];
    if (character === '%') return [{ run: true, but: '/' }];
    if (character !== '@') return [character];
    return homeOnly ? Array.from(home.account) : Array.from({ length: 12 }, () => DIGIT);
  });
}
