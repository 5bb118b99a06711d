import type { Coverage, Feed } from '#model/scope.ts';
import { CALLS } from './calls.ts';
import { LISTS, type AccountFacts, type ListName, type Tally } from './intake/accounts.ts';
import { coverageRow, type Gaps } from './intake/gaps.ts';

/** One feed from one call: how it went. */
type Reading = readonly [feed: Feed, call: string, status: Coverage['status'], detail: string | null];

/**
 * What was read of an account and what was not: a row for every feed and every call that could fill it. Where gaps were
 * noted they stand for the row.
 */
export function accountCoverage(facts: AccountFacts, gaps: Gaps): Coverage[] {
  const readings = [...ofDetails(facts), ...ofCredentials(facts), ...ofUsages(facts), ...NEVER_IMPORTED];
  return readings
    .filter(([feed, call]) => !gaps.has(facts.accountId, feed, call))
    .map(([feed, call, status, detail]) => coverageRow(facts.accountId, feed, call, status, detail));
}

const DETAILS_COMMAND = 'aws iam get-account-authorization-details';

function ofDetails(facts: AccountFacts): Reading[] {
  const from = (feed: Feed, lists: readonly ListName[]): Reading => {
    const missing = lists.filter((list) => !facts.lists.has(list));
    const call = CALLS.authorizationDetails;
    if (missing.length === 0) return [feed, call, 'complete', null];
    if (facts.lists.size === 0)
      return [feed, call, 'skipped', `no authorization details: ${DETAILS_COMMAND}`];
    const detail = `the export has no ${missing.join(' and no ')}: ${DETAILS_COMMAND}, without --filter`;
    return [feed, call, missing.length < lists.length ? 'partial' : 'skipped', detail];
  };
  return [
    from('identities', ['UserDetailList', 'RoleDetailList']),
    from('groups', ['GroupDetailList']),
    fallingShort(
      from('roles', ['Policies']),
      facts.policiesWithoutDocument,
      'attached policies are not in the export',
      'aws iam get-policy-version',
    ),
    fallingShort(
      from('grants', LISTS.slice(0, 3)),
      facts.usersWithoutDetails,
      'users of the credential report are not in the export',
      DETAILS_COMMAND,
    ),
    from('guardrails', ['UserDetailList', 'RoleDetailList']),
    from('trusts', ['RoleDetailList']),
    from('resource-policies', ['RoleDetailList']),
    facts.hasTags || facts.lists.size === 0
      ? from('owners', ['UserDetailList', 'RoleDetailList'])
      : [
          'owners',
          CALLS.authorizationDetails,
          'skipped',
          `no tags in the export: ${DETAILS_COMMAND} with a recent CLI`,
        ],
  ];
}

function ofCredentials({
  hasCredentialReport,
  usersMissingInReport,
  usersWithKeyLists,
}: AccountFacts): Reading[] {
  const call = CALLS.credentialReport;
  if (hasCredentialReport) {
    const reading: Reading = ['credentials', call, 'complete', null];
    return [
      fallingShort(reading, usersMissingInReport, 'users are not in the credential report', REPORT_COMMAND),
    ];
  }
  const skipped: Reading = [
    'credentials',
    call,
    'skipped',
    `no credential report (passwords, access keys, MFA, the root user): ${REPORT_COMMAND}`,
  ];
  if (usersWithKeyLists === 0) return [skipped];
  return [
    skipped,
    ['credentials', CALLS.accessKeys, 'partial', `only the access keys of ${usersWithKeyLists} users`],
  ];
}

const REPORT_COMMAND = 'aws iam generate-credential-report, then aws iam get-credential-report';

function ofUsages(facts: AccountFacts): Reading[] {
  return [
    ofRoleUse(facts),
    facts.hasCredentialReport
      ? ['usages', CALLS.credentialReport, 'complete', null]
      : [
          'usages',
          CALLS.credentialReport,
          'skipped',
          `no credential report (use of users and their keys): ${REPORT_COMMAND}`,
        ],
    facts.lastAccessedReports > 0
      ? ['usages', CALLS.lastAccessed, 'complete', `reports of ${facts.lastAccessedReports} identities`]
      : [
          'usages',
          CALLS.lastAccessed,
          'skipped',
          'no last-accessed reports (use of permissions): aws iam generate-service-last-accessed-details, then aws iam get-service-last-accessed-details',
        ],
  ];
}

function ofRoleUse({ lists, rolesWithLastUse, rolesWithoutLastUse }: AccountFacts): Reading {
  const call = CALLS.authorizationDetails;
  if (!lists.has('RoleDetailList'))
    return ['usages', call, 'skipped', `no roles in an export: ${DETAILS_COMMAND}`];
  if (rolesWithoutLastUse === 0) return ['usages', call, 'complete', null];
  const detail = `${rolesWithoutLastUse} roles without RoleLastUsed: ${DETAILS_COMMAND} with a recent CLI`;
  return ['usages', call, rolesWithLastUse === 0 ? 'skipped' : 'partial', detail];
}

/** A complete reading to which something is missing all the same. */
function fallingShort(reading: Reading, { count, first }: Tally, what: string, command: string): Reading {
  const [feed, call, status] = reading;
  if (count === 0 || status !== 'complete') return reading;
  return [feed, call, 'partial', `${count} ${what}, ${first ?? ''} among them: ${command}`];
}

/** What no export of IAM has. */
const NEVER_IMPORTED: readonly Reading[] = [
  [
    'credentials',
    'iam:ListServiceSpecificCredentials',
    'skipped',
    'credentials for single services and SSH keys are in no export that is read',
  ],
  [
    'guardrails',
    'organizations:ListPolicies',
    'skipped',
    'service and resource control policies are in no export that is read',
  ],
  [
    'resource-policies',
    'policies of resources',
    'skipped',
    'policies of buckets, keys, queues and other resources are in no export that is read',
  ],
  [
    'workloads',
    'workloads that hold a role',
    'skipped',
    'functions, tasks and instances are in no export that is read',
  ],
];
