import type { Observation } from '#model/record.ts';
import type { Feed } from '#model/scope.ts';
import { parseIamArn } from '../../arn.ts';
import { CALLS } from '../../calls.ts';
import { parseInstant } from '../../instant.ts';
import { issueText } from '../../intake/issue-text.ts';
import { issuerOf, oidcProviderRow, providerSchema } from '../../rows/oidc-provider.ts';
import type { AccountReading } from '../account.ts';
import { listOf, textOf } from '../parts.ts';

const FEEDS: readonly Feed[] = ['trusts'];

/** Yields a scope for every OpenID Connect and SAML provider of the account, which trust policies name. */
export async function* readProviders(account: AccountReading): AsyncGenerator<readonly Observation[]> {
  const list = await account.call(FEEDS, CALLS.oidcProviders, {});
  await Promise.all(
    listOf(list, 'OpenIDConnectProviderList').map((item) => oidcProvider(account, textOf(item, 'Arn'))),
  );
  const saml = await account.call(FEEDS, 'iam:ListSAMLProviders', {});
  for (const item of listOf(saml, 'SAMLProviderList')) {
    const arn = parseIamArn(textOf(item, 'Arn') ?? '');
    if (arn?.type !== 'saml-provider') {
      account.lost(FEEDS, 'iam:ListSAMLProviders', 'SAMLProviderList: expected ARNs of providers');
      continue;
    }
    account.intake.rows.emit('scopes', {
      uid: arn.arn,
      system: 'aws',
      kind: 'federation-provider',
      name: issuerOf(arn),
      parentUid: account.scopeUid,
      environment: null,
      tags: {},
      raw: { CreateDate: parseInstant(item['CreateDate']), ValidUntil: parseInstant(item['ValidUntil']) },
    });
  }
  const rows = account.intake.rows.take();
  if (rows !== null) yield rows;
}

async function oidcProvider(account: AccountReading, text: string | null): Promise<void> {
  const arn = parseIamArn(text ?? '');
  if (arn?.type !== 'oidc-provider') {
    return account.lost(FEEDS, CALLS.oidcProviders, 'OpenIDConnectProviderList: expected ARNs of providers');
  }
  const input = { OpenIDConnectProviderArn: arn.arn };
  const reply = await account.call(FEEDS, CALLS.oidcProvider, input, { about: arn.arn });
  const problem = (what: string): void => account.lost(FEEDS, CALLS.oidcProvider, `${arn.arn}: ${what}`);
  const parsed = reply === null ? null : providerSchema.safeParse(reply);
  if (parsed?.success === false) problem(`the reply${issueText(parsed.error)}`);
  oidcProviderRow(arn, parsed?.success === true ? { provider: parsed.data, problem } : null, account.intake);
}
