import { parseJson } from '#collectors/shared/parse-json.ts';
import type { Observation } from '#model/record.ts';
import type { Feed } from '#model/scope.ts';
import { parseIamArn } from '../arn.ts';
import type { AccountReading } from './account.ts';
import { listOf, partOf, textOf } from './parts.ts';
import { globalRegion, type Reply } from './session.ts';

const FEEDS: readonly Feed[] = ['owners'];
const LOOKUP = 'cloudtrail:LookupEvents';
const EVENTS = ['CreateRole', 'CreateUser', 'CreateAccessKey'] as const;

/** Two calls a second are allowed in an account and Region, fifty events a call: five minutes' worth for each event. */
const MOST_PAGES = 600;

/**
 * Yields who made users, roles and access keys in the last ninety days, as owners that are inferred. IAM's events are in
 * the Region of its endpoint.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export async function* readCreators(
  account: AccountReading,
  userArns: ReadonlyMap<string, string>,
): AsyncGenerator<readonly Observation[]> {
  const region = globalRegion(account.target);
  const told = new Set<string>();
  for (const name of EVENTS) {
    const input = { LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: name }], MaxResults: 50 };
    let pages = 0;
    for await (const page of account.pages(FEEDS, LOOKUP, input, { region, about: name })) {
      for (const event of listOf(page, 'Events')) creatorRow(account, name, event, userArns, told);
      pages++;
      if (pages < MOST_PAGES) continue;
      account.lost(FEEDS, LOOKUP, `${name}: only the last ${MOST_PAGES * 50} events were read`);
      break;
    }
    const rows = account.intake.rows.take();
    if (rows !== null) yield rows;
  }
}

function creatorRow(
  account: AccountReading,
  name: (typeof EVENTS)[number],
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
