import { z } from 'zod';
import type { Instant, Uid } from '#model/system.ts';
import type { Usage } from '#model/usage.ts';
import { daysBefore, latest } from '../instant.ts';
import { issueText } from '../intake/issue-text.ts';
import { readEach, readInstant } from '../rows/entity.ts';

/** What one report says about the use of one identity's permissions, over all its pages. */
export interface LastAccessedReport {
  readonly services: readonly ServiceUse[];
  /** When the report was made. */
  readonly reportedAt: Instant | null;
  /** Whether pages are missing. */
  readonly hasMore: boolean;
}

interface ServiceUse {
  readonly permission: string;
  readonly lastUsedAt: Instant | null;
  readonly by: string | null;
}

/** A page of a report, or why there is none. */
export type ReadPage =
  | { readonly report: LastAccessedReport; readonly problem: null }
  | { readonly report: null; readonly problem: string };

const pageSchema = z.object({
  JobStatus: z.string(),
  JobCreationDate: z.unknown().optional(),
  JobCompletionDate: z.unknown().optional(),
  ServicesLastAccessed: z.unknown().optional(),
  IsTruncated: z.boolean().nullish(),
});

const actionSchema = z.object({
  ActionName: z.string().min(1),
  LastAccessedTime: z.unknown().optional(),
  LastAccessedEntity: z.string().nullish(),
});

const serviceSchema = z.object({
  ServiceNamespace: z.string().min(1),
  LastAuthenticated: z.unknown().optional(),
  LastAuthenticatedEntity: z.string().nullish(),
  TrackedActionsLastAccessed: z.unknown().optional(),
});

/** Reads a reply of `get-service-last-accessed-details`. What of it is not understood goes to `problem`. */
export function readPage(reply: unknown, problem: (what: string) => void): ReadPage {
  const parsed = pageSchema.safeParse(reply);
  if (!parsed.success) return { report: null, problem: `the reply${issueText(parsed.error)}` };
  const { JobStatus, JobCreationDate, JobCompletionDate, ServicesLastAccessed, IsTruncated } = parsed.data;
  if (JobStatus !== 'COMPLETED') {
    return { report: null, problem: `the job is not complete (${JobStatus.slice(0, 20)}): get it again` };
  }
  const services = readEach(ServicesLastAccessed, serviceSchema, 'ServicesLastAccessed', problem).flatMap(
    (service) => {
      const { ServiceNamespace: name } = service;
      const actions = readEach(
        service.TrackedActionsLastAccessed,
        actionSchema,
        `${name}: TrackedActionsLastAccessed`,
        problem,
      );
      return [
        ...use(name, service.LastAuthenticated, service.LastAuthenticatedEntity, problem),
        ...actions.flatMap(({ ActionName, LastAccessedTime, LastAccessedEntity }) =>
          use(`${name}:${ActionName}`, LastAccessedTime, LastAccessedEntity, problem),
        ),
      ];
    },
  );
  const reportedAt =
    readInstant(JobCompletionDate, 'JobCompletionDate', problem) ??
    readInstant(JobCreationDate, 'JobCreationDate', problem);
  return { report: { services, reportedAt, hasMore: IsTruncated === true }, problem: null };
}

/** A use at an unreadable time is no use and no proof of none. */
function use(
  permission: string,
  time: unknown,
  by: string | null | undefined,
  problem: (what: string) => void,
): ServiceUse[] {
  const lastUsedAt = readInstant(time, permission, problem);
  if (lastUsedAt === null && (time ?? null) !== null) return [];
  return [{ permission, lastUsedAt, by: by ?? null }];
}

/** The pages of one report as one. */
export function joinPages(pages: readonly LastAccessedReport[]): LastAccessedReport {
  return {
    services: pages.flatMap(({ services }) => services),
    reportedAt: latest(pages.map(({ reportedAt }) => reportedAt)),
    hasMore: pages.every(({ hasMore }) => hasMore),
  };
}

/** The ARNs that the report names as users of permissions. */
export function entitiesOf({ services }: LastAccessedReport): ReadonlySet<string> {
  return new Set(services.flatMap(({ by }) => by ?? []));
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html#access-advisor_tracking-period */
const TRACKED_DAYS = 400;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html#access_policies_last-accessed-know */
const BLIND_SPOTS = [
  'denied attempts count as use',
  'up to four hours before the report',
  'access that is not given by permissions policies',
];

/** One row for each service and action, and one for the identity where the report is whole. */
export function lastAccessedRows(
  identityUid: Uid,
  scopeUid: Uid,
  { services, reportedAt, hasMore }: LastAccessedReport,
  asOf: Instant,
): Usage[] {
  const windowEnd = reportedAt ?? asOf;
  const row = (permission: string | null, lastUsedAt: Instant | null): Usage => ({
    system: 'aws',
    scopeUid,
    identityUid,
    credentialUid: null,
    subject: permission === null ? 'identity' : 'permission',
    permission,
    lastUsedAt,
    windowStart: daysBefore(windowEnd, TRACKED_DAYS),
    windowEnd,
    source: 'aws:service-last-accessed',
    blindSpots: BLIND_SPOTS,
  });
  const used = latest(services.map(({ lastUsedAt }) => lastUsedAt));
  const isWhole = services.length > 0 && (!hasMore || used !== null);
  return [
    ...(isWhole ? [row(null, used)] : []),
    ...services.map(({ permission, lastUsedAt }) => row(permission, lastUsedAt)),
  ];
}
