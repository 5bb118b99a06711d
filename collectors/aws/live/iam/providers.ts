import type { Observation } from '#model/record.ts';
import type { Feed } from '#model/scope.ts';
import { parseIamArn } from '../../arn.ts';
import { CALLS } from '../../calls.ts';
import { parseInstant } from '../../instant.ts';
import { issueText } from '../../intake/issue-text.ts';
import { issuerOf, oidcProviderRow, providerSchema } from '../../rows/oidc-provider.ts';
import { readEach } from '../../rows/entity.ts';
import { tagSchema, tagsOf } from '../../tags.ts';
import type { AccountReading } from '../account.ts';
import { listOf, textOf } from '../parts.ts';
import type { Reply } from '../session.ts';

const FEEDS: readonly Feed[] = ['trusts'];
const SAML_LIST = 'iam:ListSAMLProviders';
const SAML = 'iam:GetSAMLProvider';

/** Yields a scope for every OpenID Connect and SAML provider of the account, which trust policies name. */
export async function* readProviders(account: AccountReading): AsyncGenerator<readonly Observation[]> {
  const list = await account.call(FEEDS, CALLS.oidcProviders, {});
  await Promise.all(
    listOf(list, 'OpenIDConnectProviderList').map((item) => oidcProvider(account, textOf(item, 'Arn'))),
  );
  const saml = await account.call(FEEDS, SAML_LIST, {});
  await Promise.all(listOf(saml, 'SAMLProviderList').map((item) => samlProvider(account, item)));
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

/** The list tells when its metadata ends, the provider itself whom the assertions are from. */
async function samlProvider(account: AccountReading, item: Reply): Promise<void> {
  const arn = parseIamArn(textOf(item, 'Arn') ?? '');
  if (arn?.type !== 'saml-provider') {
    return account.lost(FEEDS, SAML_LIST, 'SAMLProviderList: expected ARNs of providers');
  }
  const input = { SAMLProviderArn: arn.arn };
  const reply = await account.call(FEEDS, SAML, input, { about: arn.arn, orNone: true });
  const problem = (what: string): void => account.lost(FEEDS, SAML, `${arn.arn}: ${what}`);
  account.intake.rows.emit('scopes', {
    uid: arn.arn,
    system: 'aws',
    kind: 'federation-provider',
    name: issuerOf(arn),
    parentUid: account.scopeUid,
    environment: null,
    tags: tagsOf(readEach(reply?.['Tags'], tagSchema, 'Tags', problem)),
    raw: {
      CreateDate: parseInstant(item['CreateDate']),
      ValidUntil: parseInstant(item['ValidUntil']),
      EntityId: entityIdOf(textOf(reply, 'SAMLMetadataDocument') ?? ''),
      AssertionEncryptionMode: textOf(reply, 'AssertionEncryptionMode'),
    },
  });
}

/** The identity provider's name for itself (SAML 2.0 Metadata, section 2.3.2); null: the document has none. */
function entityIdOf(metadata: string): string | null {
  return (
    /<(?:\w+:)?EntityDescriptor\b[^>]{0,4096}?\sentityID=(["'])(.{1,1024}?)\1/su.exec(metadata)?.[2] ?? null
  );
}
