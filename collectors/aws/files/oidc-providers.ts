import { z } from 'zod';
import type { RecognisedFile } from '#contract/collector.ts';
import { CollectError } from '#model/errors.ts';
import { parseIamArn, type IamArn } from '../arn.ts';
import { CALLS } from '../calls.ts';
import type { Intake } from '../intake/intake.ts';
import { issueText } from '../intake/issue-text.ts';
import { readEach } from '../rows/entity.ts';
import { issuerOf, oidcProviderRow, providerSchema, type DescribedProvider } from '../rows/oidc-provider.ts';
import { readReply } from './small-json.ts';

const listedSchema = z.object({ Arn: z.string() });

/**
 * Emits a scope for every OpenID Connect provider that `list-open-id-connect-providers` names, with what
 * `get-open-id-connect-provider` says of it: trust policies name it, and its subjects live in it.
 */
export async function readOidcProviders(
  lists: readonly RecognisedFile[],
  details: readonly RecognisedFile[],
  intake: Intake,
): Promise<void> {
  const arns = new Map<string, IamArn>();
  for (const file of lists) {
    await reporting(file, CALLS.oidcProviders, intake, async (problem) => {
      const reply = await readReply(file, intake.signal);
      const listed = readEach(
        reply['OpenIDConnectProviderList'],
        listedSchema,
        'OpenIDConnectProviderList',
        problem,
      );
      for (const { Arn } of listed) {
        const arn = parseIamArn(Arn);
        if (arn === null || arn.type !== 'oidc-provider' || arn.accountId === null) {
          problem('OpenIDConnectProviderList: expected ARNs of providers');
        } else arns.set(Arn, arn);
      }
    });
  }
  const described = new Map<string, DescribedProvider>();
  for (const file of details) {
    await reporting(file, CALLS.oidcProvider, intake, async (problem) => {
      const parsed = providerSchema.safeParse(await readReply(file, intake.signal));
      if (!parsed.success) throw new CollectError(`the reply${issueText(parsed.error)}`);
      const named = [...arns.values()].filter((arn) => issuerOf(arn) === bareUrl(parsed.data.Url));
      const [arn] = named;
      if (arn !== undefined && named.length === 1) described.set(arn.arn, { provider: parsed.data, problem });
      else problem('it does not say which account it is of, and no one list names its URL');
    });
  }
  for (const arn of arns.values()) oidcProviderRow(arn, described.get(arn.arn) ?? null, intake);
}

function bareUrl(url: string): string {
  return url.replace(/^https:\/\//u, '');
}

async function reporting(
  file: RecognisedFile,
  call: string,
  { gaps }: Intake,
  read: (problem: (what: string) => void) => Promise<void>,
): Promise<void> {
  const gap = (what: string, status: 'partial' | 'failed'): void => {
    gaps.add({ accountId: null, feeds: ['trusts'], call, status, detail: `${file.label}: ${what}` });
  };
  try {
    await read((what) => gap(what, 'partial'));
  } catch (error) {
    if (!(error instanceof CollectError)) throw error;
    gap(error.message, 'failed');
  }
}
