import { defineCollector, type CollectContext, type RecognisedFile } from '#contract/collector.ts';
import type { Observation } from '#model/record.ts';
import { awsAccountUid } from '#model/uid.ts';
import { accountCoverage } from './account-coverage.ts';
import { keysByUser, readAccessKeys } from './files/access-keys.ts';
import { readAuthorizationDetails } from './files/authorization-details.ts';
import { readCredentialReports } from './files/credential-reports.ts';
import { readJobs, readLastAccessed } from './files/last-accessed.ts';
import { createNameBook } from './files/name-book.ts';
import { readOidcProviders } from './files/oidc-providers.ts';
import { recogniseFile, type FileKind } from './files/recognise.ts';
import { survey } from './files/survey.ts';
import { createIntake, type Intake } from './intake/intake.ts';
import type { EstateKnowledge } from './rows/entity.ts';
import { AWS_SCOPE_UID } from './rows/grants.ts';
import { reportedOnly } from './rows/reported-only.ts';

/** Reads exports of AWS IAM (authorization details, credential reports, access keys, last-accessed reports), and accounts live. */
export const awsCollector = defineCollector({
  system: 'aws',
  title: 'Amazon Web Services',
  recognise: recogniseFile,
  importFiles,
  live: async () => (await import('./live/index.ts')).awsLive,
});

/** The small files first, since they tell what a user is; then the entities one by one; what is missing last. */
async function* importFiles(
  files: readonly RecognisedFile[],
  { asOf, nameOf, signal }: CollectContext,
): AsyncGenerator<readonly Observation[]> {
  const intake = createIntake(asOf, signal);
  const ofKind = (kind: FileKind): RecognisedFile[] =>
    files.filter((file) => file.kind === kind).toSorted(byLabel);
  const names = createNameBook();

  const jobs = await readJobs(ofKind('generate-service-last-accessed'), intake, names);
  const foundKeys = await readAccessKeys(
    ofKind('access-keys'),
    ofKind('access-key-last-used'),
    intake,
    names,
  );
  const reported = await readCredentialReports(ofKind('credential-report'), intake, names);
  const surveyed = await survey(ofKind('authorization-details'), intake, names);
  const keys = keysByUser(foundKeys, names, intake);

  const estate: EstateKnowledge = {
    asOf,
    ownAccounts: new Set([...surveyed.accounts, ...[...reported.values()].map(({ accountId }) => accountId)]),
    marks: intake.marks,
    groupArn: surveyed.groupArn,
    newestVersion: surveyed.newestVersion,
    evidenceOf: (arn) => ({ report: reported.get(arn) ?? null, keys: keys.get(arn) ?? null }),
  };
  yield* readAuthorizationDetails(ofKind('authorization-details'), intake, surveyed, estate, nameOf);
  reportedOnly(reported, intake, estate);
  await readOidcProviders(ofKind('oidc-providers'), ofKind('oidc-provider'), intake);
  const isKnown = (arn: string): boolean => intake.marks.has(arn, 'read');
  yield* readLastAccessed(ofKind('service-last-accessed'), { jobs, names, isKnown }, intake);

  finish(intake);
  const rest = intake.rows.take('rest');
  if (rest !== null) yield rest;
}

/** The accounts, and for each of them what was read and what was not. */
function finish({ accounts, gaps, rows }: Intake): void {
  const scope = { system: 'aws', parentUid: null, environment: null, tags: {}, raw: null } as const;
  let hasPolicies = false;
  for (const facts of accounts.all()) {
    rows.emit('scopes', {
      ...scope,
      uid: awsAccountUid(facts.accountId),
      kind: 'account',
      name: facts.accountId,
    });
    for (const row of accountCoverage(facts, gaps)) rows.emit('coverage', row);
    hasPolicies ||= facts.lists.size > 0;
  }
  if (hasPolicies)
    rows.emit('scopes', { ...scope, uid: AWS_SCOPE_UID, kind: 'provider', name: 'Amazon Web Services' });
  gaps.finish();
}

function byLabel(one: RecognisedFile, other: RecognisedFile): number {
  return one.label < other.label ? -1 : 1;
}
