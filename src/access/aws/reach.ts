import { awsServiceOf, resourceTypes, type AwsService } from '#catalogue/aws/actions.ts';
import { ANY_RUN, DIGIT, meet, SEGMENT_RUN, unitsOfPattern, type Unit } from './overlap.ts';
import { hasVariables, type Pattern } from './pattern.ts';

/** How much of what an action can be done on lies within some resource patterns. */
export type Reach = 'all' | 'some' | 'none';

/** Whose resources are meant: the account that the question is about. */
export interface Home {
  readonly partition: string;
  readonly account: string;
  /** `<partition>:<account>`. */
  readonly key: string;
}

const homes = new Map<string, Map<string, Home>>();

/** The one object for an account. */
export function homeOf(partition: string, account: string): Home {
  const accounts = homes.get(partition) ?? new Map<string, Home>();
  const before = accounts.get(account);
  if (before !== undefined) return before;
  const home = { partition, account, key: `${partition}:${account}` };
  homes.set(partition, accounts.set(account, home));
  return home;
}

/**
 * Says of an action how much of its resources in `home` the patterns take in, by the ARN templates that AWS documents
 * for it. Resources in other accounts count for `some`, never for `all`. For actions that know resources only.
 */
export function reachOf(patterns: readonly Pattern[], home: Home): (action: number) => Reach {
  const prepared = patterns.map(preparePattern);
  const services = new Map<AwsService, (TypeReach | undefined)[]>();
  return (action) => {
    const service = awsServiceOf(action);
    const types = resourceTypes(action);
    const byType = services.get(service) ?? [];
    services.set(service, byType);
    for (const type of types)
      byType[type] ??= reachOfType(prepared, service.templates[type] ?? '', service, home);
    return together(types, byType);
  };
}

interface TypeReach {
  readonly reach: Reach;
  /** An access point is a second way to the same objects, and its own policy and the bucket's decide on it. */
  readonly isAside: boolean;
}

function together(types: readonly number[], byType: readonly (TypeReach | undefined)[]): Reach {
  let all = true;
  let some = false;
  let hasMain = false;
  for (const type of types) {
    const found = byType[type];
    if (found === undefined) continue;
    if (found.reach !== 'none') some = true;
    if (found.isAside) continue;
    hasMain = true;
    if (found.reach !== 'all') all = false;
  }
  if (!hasMain) all = types.every((type) => byType[type]?.reach === 'all');
  return all ? 'all' : some ? 'some' : 'none';
}

interface PreparedPattern {
  readonly units: readonly Unit[];
  /** The text that it begins with, up to what is open. */
  readonly start: string;
  readonly isFirm: boolean;
}

function preparePattern(pattern: Pattern): PreparedPattern {
  const [first] = pattern;
  return {
    units: unitsOfPattern(pattern),
    start: typeof first === 'string' ? first : '',
    isFirm: !hasVariables(pattern),
  };
}

function reachOfType(
  patterns: readonly PreparedPattern[],
  template: string,
  { prefix }: AwsService,
  home: Home,
): TypeReach {
  const isAside = template.includes(':accesspoint/');
  const { start, own, anywhere } = preparedTemplate(template, home);
  const near = patterns.filter(
    (pattern) => pattern.start.startsWith(start) || start.startsWith(pattern.start),
  );
  if (near.length === 0) return { reach: 'none', isAside };
  if (near.some(({ units }) => units.length > LONGEST_ARN)) return { reach: 'some', isAside };
  if (near.some(({ units, isFirm }) => isFirm && meet(units, own, true))) return { reach: 'all', isAside };
  // IAM acts within its own account only; elsewhere another account's resource may have let us in.
  const within = prefix === 'iam' ? own : anywhere;
  return { reach: near.some(({ units }) => meet(units, within, false)) ? 'some' : 'none', isAside };
}

/** AWS has no longer ARNs: what a longer pattern fits is not worth the time to find out. */
const LONGEST_ARN = 2048;

interface PreparedTemplate {
  /** The text that it begins with, up to what is open. */
  readonly start: string;
  /** The template for the resources of `home`, and of any account. */
  readonly own: readonly Unit[];
  readonly anywhere: readonly Unit[];
}

const templates: { home: Home | null; readonly byText: Map<string, PreparedTemplate> } = {
  home: null,
  byText: new Map(),
};

/** Prepared templates are kept for one account: principals are looked at account by account. */
function preparedTemplate(template: string, home: Home): PreparedTemplate {
  if (templates.home !== home) templates.byText.clear();
  templates.home = home;
  const before = templates.byText.get(template);
  if (before !== undefined) return before;
  const arn = template.replace('arn:*:', `arn:${home.partition}:`);
  const prepared = {
    start: arn.slice(0, arn.search(/[*@%]|$/u)),
    own: unitsOfTemplate(arn, home.account),
    anywhere: unitsOfTemplate(arn, null),
  };
  templates.byText.set(template, prepared);
  return prepared;
}

/** The template place by place, for the resources of one account or, with null, of any. */
function unitsOfTemplate(arn: string, account: string | null): Unit[] {
  let colons = 0;
  return Array.from(arn).flatMap((character): Unit[] => {
    if (character === ':') colons += 1;
    if (character === '*') return [colons < 5 ? SEGMENT_RUN : ANY_RUN];
    if (character === '%') return [{ run: true, but: '/' }];
    if (character !== '@') return [character];
    return account === null ? Array.from({ length: 12 }, () => DIGIT) : Array.from(account);
  });
}
