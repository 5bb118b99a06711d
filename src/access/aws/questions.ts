import type { CloudRequest } from '../engine.ts';
import type { Verdict } from '#model/decision.ts';
import type { Uid } from '#model/system.ts';
import { answer, prepare } from './decide.ts';
import type { Estate } from './estate.ts';
import type { Evaluation } from './evaluation.ts';
import { resolvePrincipal } from './principal.ts';
import { emptyPrincipalSets, fillPrincipalSets, type PrincipalSets } from './sets/principal-sets.ts';

/** A verdict with what gives it. */
export interface QuickAnswer {
  readonly verdict: Verdict;
  /** The grants and resource policies whose statements allow it, or may, sorted; none where it is denied. */
  readonly via: readonly Uid[];
}

/**
 * What finding out who can become whom asks, over and over. An organisation's policies that were not collected are
 * taken to limit nothing, as for entitlements; what a caller chooses itself it is taken to choose well.
 */
export interface Questions {
  /** May the principal do this? Without reasons, and so cheaper than `decide`. */
  readonly may: (request: CloudRequest) => QuickAnswer;
  /** Those of the resources on which the answer is `allowed` or `conditional`, each with it, in the order given. */
  readonly targets: (
    request: Omit<CloudRequest, 'resource'>,
    resources: Iterable<string>,
  ) => Generator<QuickAnswer & { readonly resource: string }>;
  /**
   * All that the principal can do, as sets; null: it is no user, role or root user of the records. Meant to be asked
   * before `may`: what is not in `maybe` is allowed on no resource of its own account.
   */
  readonly sets: (principal: string, into?: PrincipalSets) => PrincipalSets | null;
}

/** Answers the questions on an estate. */
export function questionsOn(estate: Estate): Questions {
  const may = (request: CloudRequest): QuickAnswer => {
    const prepared = prepare(estate, request);
    if (typeof prepared === 'string') return { verdict: 'unknown', via: [] };
    const { evaluation, outcome } = answer(estate, prepared, null, true);
    return { verdict: outcome.verdict, via: outcome.verdict === 'denied' ? [] : viaOf(evaluation) };
  };
  return {
    may,
    *targets(request, resources) {
      for (const resource of resources) {
        const found = may({ ...request, resource });
        if (found.verdict === 'allowed' || found.verdict === 'conditional') yield { ...found, resource };
      }
    },
    sets(name, into = emptyPrincipalSets()) {
      const principal = resolvePrincipal(estate, name);
      if (principal === null || (principal.identity === null && principal.kind !== 'root')) return null;
      fillPrincipalSets(estate, principal, into);
      return into;
    },
  };
}

function viaOf({ identity, resource }: Evaluation): Uid[] {
  const hits = [...(identity?.allows ?? []), ...resource.allows];
  return [...new Set(hits.map(({ source }) => source.grant ?? source.uid))].toSorted();
}
