import type { Observation } from '#model/record.ts';
import type { Feed } from '#model/scope.ts';
import type { Usage } from '#model/usage.ts';
import { awsAccountUid } from '#model/uid.ts';
import { parseIamArn } from '../../arn.ts';
import { daysBefore, parseInstant } from '../../instant.ts';
import type { AccountReading } from '../account.ts';
import { listOf, memberOf, partOf, textOf } from '../parts.ts';
import type { Reply } from '../session.ts';

const FEEDS: readonly Feed[] = ['usages'];
const LIST = 'access-analyzer:ListFindingsV2';
const GET = 'access-analyzer:GetFindingV2';

/** Analyzers of unused access. They are paid for by identity, so that only those that are there are read. */
const TYPES: ReadonlySet<unknown> = new Set(['ACCOUNT_UNUSED_ACCESS', 'ORGANIZATION_UNUSED_ACCESS']);

/**
 * Yields the active findings of Access Analyzer about unused access, as the uses that they tell of.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-findings.html
 */
export async function* readAnalyzers(
  account: AccountReading,
  region: string,
): AsyncGenerator<readonly Observation[]> {
  for await (const page of account.pages(FEEDS, 'access-analyzer:ListAnalyzers', {}, { region })) {
    for (const analyzer of listOf(page, 'analyzers').filter(({ type }) => TYPES.has(type))) {
      yield* readFindings(account, region, analyzer);
    }
  }
  account.follows(FEEDS, 'access-analyzer:ListAnalyzers', [LIST, GET]);
  account.follows(FEEDS, LIST, [GET]);
}

async function* readFindings(
  account: AccountReading,
  region: string,
  analyzer: Reply,
): AsyncGenerator<readonly Observation[]> {
  const analyzerArn = textOf(analyzer, 'arn') ?? '';
  const age = memberOf(partOf(partOf(analyzer, 'configuration'), 'unusedAccess'), 'unusedAccessAge');
  const filter = { status: { eq: ['ACTIVE'] } };
  const options = { region, about: analyzerArn };
  for await (const page of account.pages(FEEDS, LIST, { analyzerArn, filter }, options)) {
    await Promise.all(
      listOf(page, 'findings').map(async (finding) => {
        const id = textOf(finding, 'id') ?? '';
        const reply = await account.call(
          FEEDS,
          GET,
          { analyzerArn, id },
          { region, about: id, orNone: true },
        );
        if (reply !== null) findingRows(account, reply, typeof age === 'number' ? age : null);
      }),
    );
    const rows = account.intake.rows.take();
    if (rows !== null) yield rows;
  }
}

/** An organisation's analyzer, seen from the account that looks after it, tells of the others, too. */
function findingRows(
  { context, intake, ownAccounts }: AccountReading,
  finding: Reply,
  age: number | null,
): void {
  const identityUid = textOf(finding, 'resource');
  const accountId = parseIamArn(identityUid ?? '')?.accountId ?? null;
  if (identityUid === null || accountId === null || !ownAccounts.has(accountId)) return;
  const scopeUid = awsAccountUid(accountId);
  const windowEnd = parseInstant(finding['analyzedAt']) ?? context.asOf;
  const row = (what: Pick<Usage, 'subject' | 'credentialUid' | 'permission'>, details: Reply): Usage => ({
    ...what,
    system: 'aws',
    scopeUid,
    identityUid,
    lastUsedAt: parseInstant(details['lastAccessed']),
    windowStart: age === null ? null : daysBefore(windowEnd, age),
    windowEnd,
    source: 'aws:access-analyzer',
    blindSpots: ['what is younger than its tracking period'],
  });
  for (const item of listOf(finding, 'findingDetails')) {
    const detail = (name: string): Reply | null => (item[name] === undefined ? null : partOf(item, name));
    const [role, key] = [detail('unusedIamRoleDetails'), detail('unusedIamUserAccessKeyDetails')];
    const [password, unused] = [detail('unusedIamUserPasswordDetails'), detail('unusedPermissionDetails')];
    const none = { credentialUid: null, permission: null };
    if (role !== null) intake.rows.emit('usages', row({ subject: 'identity', ...none }, role));
    const credential = (name: string, details: Reply): void =>
      intake.rows.emit(
        'usages',
        row({ subject: 'credential', credentialUid: `${identityUid}/${name}`, permission: null }, details),
      );
    if (key !== null) credential(`access-key/${textOf(key, 'accessKeyId') ?? ''}`, key);
    if (password !== null) credential('console-password', password);
    if (unused === null) continue;
    const service = textOf(unused, 'serviceNamespace') ?? '';
    const actions = listOf(unused, 'actions');
    const permission = (name: string, details: Reply): void =>
      intake.rows.emit(
        'usages',
        row({ subject: 'permission', credentialUid: null, permission: name }, details),
      );
    // With actions the service itself is in use.
    if (actions.length === 0) permission(service, unused);
    for (const action of actions) permission(`${service}:${textOf(action, 'action') ?? ''}`, action);
  }
}
