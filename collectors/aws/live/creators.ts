import { parseJson } from '#collectors/shared/parse-json.ts';
import type { Observation } from '#model/record.ts';
import type { Feed } from '#model/scope.ts';
import { parseIamArn } from '../arn.ts';
import type { AccountReading } from './account.ts';
import type { Principals } from './iam/authorization.ts';
import { CHANGES, namedPrincipals, writtenRow } from './logged-writes.ts';
import { listOf, partOf, textOf } from './parts.ts';
import { globalRegion, type Reply } from './session.ts';

const FEEDS: readonly Feed[] = ['owners'];
const LOOKUP = 'cloudtrail:LookupEvents';
const CREATIONS = ['CreateRole', 'CreateUser', 'CreateAccessKey'] as const;

/** Two calls a second are allowed in an account and Region, fifty events a call: five minutes' worth for each event. */
const MOST_PAGES = 600;
/** Changes beyond these are not told apart from none: the answer is then that nothing tells who did it. */
const MOST_PAGES_OF_CHANGES = 60;

/**
 * Yields who made users, roles and access keys in the last ninety days, as owners that are inferred, and who changed what
 * they hold and whom they trust, as logged writes. IAM's events are in the Region of its endpoint.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export async function* readCreators(
  account: AccountReading,
  { userArns, arns }: Pick<Principals, 'userArns' | 'arns'>,
): AsyncGenerator<readonly Observation[]> {
  const region = globalRegion(account.target);
  const told = new Set<string>();
  const known = namedPrincipals(arns);
  const isCreation = (name: string): name is (typeof CREATIONS)[number] =>
    CREATIONS.some((each) => each === name);
  for (const name of [...CREATIONS, ...CHANGES]) {
    const mostPages = isCreation(name) ? MOST_PAGES : MOST_PAGES_OF_CHANGES;
    const input = { LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: name }], MaxResults: 50 };
    let pages = 0;
    for await (const page of account.pages(FEEDS, LOOKUP, input, { region, about: name })) {
      for (const event of listOf(page, 'Events')) {
        if (isCreation(name)) creatorRow(account, name, event, userArns, told);
        writtenRow(account, name, event, known);
      }
      pages++;
      if (pages < mostPages) continue;
      if (isCreation(name))
        account.lost(FEEDS, LOOKUP, `${name}: only the last ${mostPages * 50} events were read`);
      break;
    }
    const rows = account.intake.rows.take();
    if (rows !== null) yield rows;
  }
}

function creatorRow(
  account: AccountReading,
  name: (typeof CREATIONS)[number],
  event: Reply,
  userArns: ReadonlyMap<string, string>,
  told: Set<string>,
): void {
  const parsed = parseJson(textOf(event, 'CloudTrailEvent') ?? '');
  if (!parsed.ok) return account.lost(FEEDS, LOOKUP, `${name}: an event that is ${parsed.reason}`);
  const detail = parsed.value;
  if (textOf(detail, 'errorCode') !== null) return;
  const made = partOf(detail, 'responseElements');
  const identityUid =
    textOf(partOf(made, 'role'), 'arn') ??
    textOf(partOf(made, 'user'), 'arn') ??
    userArns.get(textOf(partOf(made, 'accessKey'), 'userName') ?? '') ??
    null;
  const creator = textOf(partOf(detail, 'userIdentity'), 'arn');
  // What was deleted since has no owner, and a name made again has the one who made it last: they come newest first.
  if (identityUid === null || creator === null || !account.intake.marks.has(identityUid, 'read')) return;
  if (told.has(`${name} ${identityUid}`) || creator === identityUid) return;
  told.add(`${name} ${identityUid}`);
  const { owner, kind } = whoIs(creator);
  account.intake.rows.emit('owners', {
    system: 'aws',
    scopeUid: account.scopeUid,
    identityUid,
    owner,
    kind,
    source: `cloudtrail:${name}`,
    state: 'inferred',
  });
}

/** Behind the session of a role stands whom the session is named after, if it is an address. */
function whoIs(arn: string): { readonly owner: string; readonly kind: 'person' | 'unknown' } {
  const session = /^arn:[^:]+:sts::\d{12}:assumed-role\/[^/]+\/(.+)$/su.exec(arn)?.[1];
  if (session?.includes('@') === true) return { owner: session, kind: 'person' };
  const user = parseIamArn(arn);
  if (user?.type === 'user' && user.name.includes('@')) return { owner: user.name, kind: 'person' };
  return { owner: arn, kind: 'unknown' };
}
