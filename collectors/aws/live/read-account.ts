import type { Observation } from '#model/record.ts';
import { coverageRow } from '../intake/gaps.ts';
import { CALLS } from '../calls.ts';
import { startAccount, type AccountReading } from './account.ts';
import { readCreators } from './creators.ts';
import { readAuthorization, type Principals } from './iam/authorization.ts';
import { readLastAccessed } from './iam/last-accessed.ts';
import { readProviders } from './iam/providers.ts';
import { readReport } from './iam/report.ts';
import { readServerCertificates } from './iam/server-certificates.ts';
import { IDENTITY_CENTER, identityCenterScope } from './identity-center/scope.ts';
import { readAssignments } from './identity-center/assignments.ts';
import type { FoundCenter, IdentityCenter } from './identity-center/center.ts';
import { readIdentityStore } from './identity-center/store.ts';
import { merge } from './merge.ts';
import { organizationCoverage } from './organization/coverage.ts';
import type { Organization } from './organization/organization.ts';
import { readAgentIdentities } from './regional/agent-identities.ts';
import { readAnalyzers } from './regional/analyzer.ts';
import { readBuildProjects } from './regional/builds.ts';
import { readClusters } from './regional/clusters.ts';
import { readMachines } from './regional/instances.ts';
import { readKeyGrants } from './regional/key-grants.ts';
import { readParameters } from './regional/parameters.ts';
import {
  BUCKET_POLICIES,
  POLICY_LISTS,
  readQueuePolicies,
  readResourcePolicies,
} from './regional/resource-policies.ts';
import { readRolesAnywhere } from './regional/roles-anywhere.ts';
import { readSecrets } from './regional/secrets.ts';
import { WORKLOAD_LISTS } from './regional/workload-lists.ts';
import { readWorkloads } from './regional/workloads.ts';

type Source = () => AsyncIterable<readonly Observation[]>;

/** As many lists are read side by side in one account; how many calls that makes is the caller's to limit. */
const SOURCES = 12;

/** What is known of what the account belongs to. */
export interface Around {
  readonly organization: Organization;
  readonly identityCenter: FoundCenter;
  /** Whether it is the account of the credentials. */
  readonly isHome: boolean;
}

/** Yields everything of one account: IAM and what is in the Regions side by side. */
export async function* readAccount(
  account: AccountReading,
  { organization, identityCenter, isHome }: Around,
): AsyncGenerator<readonly Observation[]> {
  const { center, failures } = identityCenter;
  const principals: Principals = { arns: [], userArns: new Map() };
  const people = startAccount({ ...account, id: IDENTITY_CENTER, marks: account.intake.marks });
  const regional = account.target.regions.flatMap((region): readonly Source[] => [
    ...WORKLOAD_LISTS.map((way) => () => readWorkloads(account, region, way)),
    () => readBuildProjects(account, region),
    () => readClusters(account, region),
    ...POLICY_LISTS.map((way) => () => readResourcePolicies(account, region, way)),
    () => readQueuePolicies(account, region),
    () => readKeyGrants(account, region),
    () => readSecrets(account, region),
    () => readParameters(account, region),
    () => readAgentIdentities(account, region),
    () => readRolesAnywhere(account, region),
    () => readAnalyzers(account, region),
  ]);
  yield* merge<readonly Observation[]>(
    [
      () => readIam(account, people, principals, center),
      ...(isHome && center !== null ? [() => readIdentityStore(account, people, center)] : []),
      () => readServerCertificates(account),
      () => readMachines(account),
      () => readResourcePolicies(account, undefined, BUCKET_POLICIES),
      ...regional,
    ],
    SOURCES,
  );
  if (isHome) {
    people.intake.rows.emit('scopes', identityCenterScope(people.scopeUid));
    people.tried(['groups'], 'sso:ListInstances');
    for (const { call, failure, about } of failures)
      people.failed(['groups'], call, failure, { region: about });
  }
  people.finish();
  finish(account, organization);
  for (const { intake } of [account, people]) {
    const rows = intake.rows.take('rest');
    if (rows !== null) yield rows;
  }
}

/** Users and roles, then what needs to know which there are. */
async function* readIam(
  account: AccountReading,
  people: AccountReading,
  principals: Principals,
  center: IdentityCenter | null,
): AsyncGenerator<readonly Observation[]> {
  yield* readProviders(account);
  yield* readAuthorization(account, await readReport(account), principals);
  yield* merge<readonly Observation[]>(
    [
      () => readCreators(account, principals),
      ...(account.target.lastAccessed ? [() => readLastAccessed(account, principals.arns)] : []),
      ...(center === null ? [] : [() => readAssignments(account, people, center, principals.arns)]),
    ],
    3,
  );
}

/** Says how each feed and call went, and what was not tried. */
function finish(account: AccountReading, organization: Organization): void {
  const { id, intake, target } = account;
  const facts = intake.accounts.of(id);
  const { policiesWithoutDocument: policies, usersMissingInReport: users, usersWithoutDetails: gone } = facts;
  const details = CALLS.authorizationDetails;
  if (policies.count > 0) {
    account.lost(
      ['roles'],
      details,
      `${policies.count} policies could not be read, ${policies.first ?? ''} among them`,
    );
  }
  if (users.count > 0) {
    account.lost(
      ['credentials'],
      CALLS.credentialReport,
      `${users.count} users are younger than the report, ${users.first ?? ''} among them`,
    );
  }
  if (gone.count > 0) {
    account.lost(
      ['grants'],
      details,
      `${gone.count} users of the credential report are not there, ${gone.first ?? ''} among them`,
    );
  }
  account.tried(['usages'], details);
  if (facts.rolesWithoutLastUse > 0) {
    account.lost(['usages'], details, `${facts.rolesWithoutLastUse} roles without RoleLastUsed`);
  }
  if (facts.hasCredentialReport) {
    account.tried(['credentials', 'usages'], CALLS.credentialReport);
  }
  if (!target.lastAccessed) {
    const why = "last-accessed jobs are off: the target's lastAccessed";
    intake.rows.emit('coverage', coverageRow(id, 'usages', CALLS.lastAccessed, 'skipped', why));
  }
  organizationCoverage(account, organization);
  account.finish();
}
