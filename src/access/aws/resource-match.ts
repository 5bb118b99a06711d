import { isWildcardOnly } from '#catalogue/aws/actions.ts';
import { EVERYTHING, fits, fitsEverything, type Pattern } from './pattern.ts';
import type { Ask } from './ask.ts';
import type { ResourcePatterns, Statement } from './statement.ts';
import { statementReach } from './statement-reach.ts';
import { anyOf, not, truthOf, type Truth } from './truth.ts';
import { fillIn } from './variables.ts';
import { matchWithoutResource } from './without-resource.ts';

/** Whether the statement is about the request's resource. */
export function resourceMatch(statement: Statement, ask: Ask): Truth {
  const { resources } = statement;
  if (resources === null) return 'yes';
  if (ask.number >= 0 && isWildcardOnly(ask.number))
    return truthOf(matchWithoutResource(resources, ask.action));
  if (ask.resource === null) return matchAnyResource(statement, resources, ask);
  return matchArn(resources, ask.resource, ask);
}

function matchAnyResource(statement: Statement, resources: ResourcePatterns, ask: Ask): Truth {
  if (ask.number < 0) {
    const named: Truth = resources.patterns.some(fitsEverything) ? 'yes' : 'open';
    return resources.negated ? not(named) : named;
  }
  const reach = statementReach(statement, ask.home)(ask.number);
  return reach === 'all' ? 'yes' : reach === 'none' ? 'no' : 'open';
}

function matchArn({ patterns, negated }: ResourcePatterns, resource: string, { lookUp }: Ask): Truth {
  let isMissing = false;
  const found = anyOf(
    ...patterns.map((pattern): Truth => {
      const filled = fillIn(pattern, lookUp);
      if (filled.state === 'filled') return truthOf(fits(filled.pattern, resource));
      if (!fits(pattern.map(wildVariable), resource)) return 'no';
      if (filled.state === 'missing') isMissing = true;
      return filled.state === 'missing' ? 'no' : 'open';
    }),
  );
  // "If AWS cannot resolve a variable, this might cause the entire statement to be invalid."
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
  if (negated && isMissing) return 'unknown';
  return negated ? not(found) : found;
}

function wildVariable(part: Pattern[number]): Pattern[number] {
  return typeof part === 'object' && 'key' in part ? EVERYTHING : part;
}
