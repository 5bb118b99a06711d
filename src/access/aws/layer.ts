import type { Ask } from './ask.ts';
import type { PolicySource } from './policy-source.ts';
import { matchStatement, type Match } from './statement-match.ts';
import type { Statement } from './statement.ts';
import { anyOf, type Truth } from './truth.ts';

/** A statement that applies to the request, or may. */
export interface Hit {
  readonly source: PolicySource;
  /** null: the whole document is missing or not understood. */
  readonly statement: Statement | null;
  readonly match: Match;
}

/** What policies that count together say of a request. */
export interface Layer {
  readonly allow: Truth;
  readonly deny: Truth;
  readonly allows: readonly Hit[];
  readonly denies: readonly Hit[];
}

const MISSING: Match = { truth: 'unknown', resource: 'unknown', unsettled: [] };

/** Asks policies that count together, such as all the identity policies of a principal: one allow or deny is enough. */
export function evaluateLayer(sources: readonly PolicySource[], ask: Ask): Layer {
  const allows: Hit[] = [];
  const denies: Hit[] = [];
  for (const source of sources) {
    if (source.document === null || source.document.problem !== null) {
      const hit: Hit = { source, statement: null, match: MISSING };
      allows.push(hit);
      denies.push(hit);
      continue;
    }
    for (const statement of source.document.statements) {
      const match = matchStatement(statement, ask);
      if (match.truth === 'no') continue;
      if (statement.effect !== 'Deny') allows.push({ source, statement, match });
      if (statement.effect !== 'Allow') denies.push({ source, statement, match });
    }
  }
  return { allow: truthOfHits(allows), deny: truthOfHits(denies), allows, denies };
}

/** One hit that is sure is enough. */
export function truthOfHits(hits: readonly Hit[]): Truth {
  return anyOf(...hits.map(({ match }) => match.truth));
}
