import type { Instant, Uid } from '#model/system.ts';
import type { Estate } from '../estate.ts';
import { type Fields, instantOf, memberOf, textOf } from '../fields.ts';

/** When something last proved who it is, as Activity Analyzer says. */
export interface Activity {
  /** null: not in the window. */
  readonly lastUsedAt: Instant | null;
  readonly windowStart: Instant | null;
  readonly windowEnd: Instant | null;
}

/** Last authentications by the full resource name of the account or key, and what each project's queries looked at. */
export interface Activities {
  readonly of: (resource: string) => Activity | null;
  /** The window of a project's query of one type; null: no reply of it told one. */
  readonly windowOf: (scopeUid: Uid, type: ActivityType) => Activity | null;
}

export type ActivityType = 'serviceAccountLastAuthentication' | 'serviceAccountKeyLastAuthentication';

/** Indexes the activities (https://cloud.google.com/policy-intelligence/docs/activity-analyzer-service-account-authentication). */
export function readActivities({ holdings, naming }: Estate): Activities {
  const byResource = new Map<string, Activity>();
  const windows = new Map<string, Activity>();
  for (const { fields } of holdings.get('activity') ?? []) {
    const type = textOf(fields, 'activityType') ?? '';
    const resource = naming.resource(textOf(fields, 'fullResourceName') ?? '');
    const activity = activityOf(fields);
    byResource.set(resource, activity);
    const project = /\/projects\/([^/]+)\//u.exec(resource)?.[1] ?? '';
    const key = `${type} ${naming.scopeUid(`projects/${project}`)}`;
    const known = windows.get(key);
    // Of several windows the shortest: what is absent was absent at least then.
    if (known === undefined || (activity.windowStart ?? '') > (known.windowStart ?? ''))
      windows.set(key, { ...activity, lastUsedAt: null });
  }
  return {
    of: (resource) => byResource.get(resource) ?? null,
    windowOf: (scopeUid, type) => windows.get(`${type} ${scopeUid}`) ?? null,
  };
}

function activityOf(fields: Fields): Activity {
  const period = memberOf(fields, 'observationPeriod');
  return {
    lastUsedAt: instantOf(memberOf(fields, 'activity'), 'lastAuthenticatedTime'),
    windowStart: instantOf(period, 'startTime'),
    windowEnd: instantOf(period, 'endTime'),
  };
}
