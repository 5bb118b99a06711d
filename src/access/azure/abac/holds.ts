import { matchesAction } from '../action.ts';
import type { AbacExpression } from './parse.ts';

/** true, false, or that only a request can tell. */
export type Truth = 'true' | 'false' | 'open';

/** Whether a condition holds for an action: most say `this action only if …`, and hold for every other. */
export function conditionHolds(expression: AbacExpression, action: string): Truth {
  switch (expression.kind) {
    case 'open':
      return 'open';
    case 'action':
      return matchesAction(expression.pattern, action) ? 'true' : 'false';
    case 'not': {
      const of = conditionHolds(expression.of, action);
      return of === 'open' ? 'open' : of === 'true' ? 'false' : 'true';
    }
    case 'and':
    case 'or': {
      const sides = [conditionHolds(expression.left, action), conditionHolds(expression.right, action)];
      const settles: Truth = expression.kind === 'and' ? 'false' : 'true';
      if (sides.includes(settles)) return settles;
      return sides.includes('open') ? 'open' : expression.kind === 'and' ? 'true' : 'false';
    }
  }
}
