import { z } from 'zod';
import { ActionError, defineEvaluator } from '#contract/action.ts';
import type { Identity } from '#model/identity.ts';
import { inCluster } from './cluster.ts';
import { placeIn } from './own.ts';
import { formerRights, wordsOf } from './rights.ts';

const MOST_LINES = 100;

const reviewSchema = z.object({
  status: z.object({ allowed: z.boolean(), evaluationError: z.string().optional() }),
});

/** Asks the cluster's authorizer, by all its parts, whether an identity may still do what it could do before. */
export const subjectAccessReview = defineEvaluator({
  system: 'kubernetes',
  title: 'SubjectAccessReview',
  permissions: ['create subjectaccessreviews.authorization.k8s.io'],
  ask: (former, context) => {
    const { identity } = former;
    const cluster = identity.scopeUid.replace(/^k8s:/u, '');
    const user = userOf(identity);
    const { rights, unknown } = formerRights(former);
    return inCluster(cluster, 'create subjectaccessreviews.authorization.k8s.io', context, async (http) => {
      const allowed: string[] = [];
      const unsure = [...unknown];
      const answers = await Promise.all(
        rights.map(async (right) => {
          const body = {
            apiVersion: 'authorization.k8s.io/v1',
            kind: 'SubjectAccessReview',
            spec: { ...user, ...right },
          };
          const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
          const reply = await http({ method: 'POST', path, body, asks: true });
          return { right, review: reviewSchema.safeParse(reply.body) };
        }),
      );
      let denied = 0;
      for (const { right, review } of answers) {
        if (!review.success) {
          unsure.push(`${wordsOf(right)}: the answer is not understood`);
          continue;
        }
        const { allowed: isAllowed, evaluationError } = review.data.status;
        if (isAllowed) allowed.push(wordsOf(right));
        else if (evaluationError !== undefined) unsure.push(`${wordsOf(right)}: ${evaluationError}`);
        else denied++;
      }
      return {
        asked: rights.length,
        denied,
        allowed: allowed.slice(0, MOST_LINES),
        unknown: unsure.slice(0, MOST_LINES),
      };
    });
  },
});

/** The API server adds no groups to what it is asked: those that authentication gives are named here. */
function userOf(identity: Identity): { readonly user: string; readonly groups: readonly string[] } {
  const place = placeIn(identity);
  if (place !== null) {
    const { namespace, name } = place;
    const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
    return { user: `system:serviceaccount:${namespace}:${name}`, groups };
  }
  if (identity.kind === 'user') return { user: identity.name, groups: ['system:authenticated'] };
  throw new ActionError('refused', `${identity.kind} ${identity.name} cannot be asked about`);
}
