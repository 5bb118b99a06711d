import { capabilityOf } from '#gate/plan/judge-plan.ts';
import type { PlanStory } from './gate-plan-story.ts';

/** The verdict for programs: docs/gate.md lists the fields. */
export function gatePlanJson(story: PlanStory): string {
  const { verdict, files, snapshot, sourcesOf } = story;
  const document = {
    version: 1,
    result: verdict.passed ? 'pass' : 'fail',
    causes: verdict.causes,
    files,
    snapshot: snapshot.id,
    as_of: snapshot.asOf,
    new_paths: verdict.newPaths.map(({ identity, certainty, hops, outcome }) => ({
      identity_uid: identity,
      certainty,
      hops,
      outcome,
      sources: sourcesOf(identity),
    })),
    lost_paths: verdict.lostPaths.map(({ identity }) => ({ identity_uid: identity })),
    changes: verdict.changes.map((change) => ({
      kind: change.kind,
      direction: change.direction,
      identity_uid: change.identityUid,
      key: change.key,
      capability: capabilityOf(change),
      before: change.before,
      after: change.after,
      outcome: change.outcome,
      sources: sourcesOf(change.identityUid),
    })),
    unknowns: verdict.unknowns,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
