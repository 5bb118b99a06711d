const compiled = new Map<string, RegExp>();

/**
 * Whether an action matches a pattern: case does not matter, and `*` stands for any text, slashes too
 * (https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions-format).
 */
export function matchesAction(pattern: string, action: string): boolean {
  if (!pattern.includes('*')) return pattern.toLowerCase() === action.toLowerCase();
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    const parts = pattern.split(/\*+/u).map((part) => part.replace(/[\\^$.|?+()[\]{}]/gu, '\\$&'));
    expression = new RegExp(`^${parts.join('.*')}$`, 'isu');
    compiled.set(pattern, expression);
  }
  return expression.test(action);
}

/** Whether some of the patterns match. */
export function matchesAny(patterns: readonly string[], action: string): boolean {
  return patterns.some((pattern) => matchesAction(pattern, action));
}
