import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awsAccess } from '#access/aws/index.ts';
import { buildEstate } from '#access/aws/estate.ts';
import { questionsOn } from '#access/aws/questions.ts';
import { has } from '#access/permission-set.ts';
import { awsActionNumber } from '#catalogue/aws/actions.ts';
import { recordsOf } from './given.ts';
import { ANN, APP, contexts, REQUESTS, worlds } from './worlds.ts';

const AS_OF = '2026-06-01T00:00:00.000Z';

describe('the sets and the single decisions', () => {
  it('agree: what a set is sure of is allowed on every resource, what it leaves out is denied on every resource', () => {
    fc.assert(
      fc.property(worlds, fc.constantFrom(ANN, APP), contexts, (given, principal, context) => {
        const records = recordsOf(given);
        const sets = questionsOn(buildEstate(records, { asOf: AS_OF })).sets(principal);
        if (sets === null) throw new Error('The principal is in the records.');
        const access = awsAccess(records, { asOf: AS_OF });
        const wrong = REQUESTS.flatMap(([action, resource]) =>
          [resource, null].flatMap((asked) => {
            const number = awsActionNumber(action);
            const { decision } = access.decide({ principal, action, resource: asked, context });
            const nests =
              (has(sets.firm, number) || !has(sets.yes, number)) &&
              (has(sets.maybe, number) || !has(sets.firm, number));
            const agrees =
              (decision === 'allowed' || !has(sets.yes, number)) &&
              (decision === 'denied' || has(sets.maybe, number));
            return nests && agrees ? [] : [`${action} on ${asked}: ${decision}`];
          }),
        );
        expect(wrong).toEqual([]);
      }),
      { numRuns: 250 },
    );
  });
});
