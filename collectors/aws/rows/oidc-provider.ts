import { z } from 'zod';
import { awsAccountUid } from '#model/uid.ts';
import type { IamArn } from '../arn.ts';
import type { Intake } from '../intake/intake.ts';
import { tagSchema, tagsOf } from '../tags.ts';
import { readEach, readInstant } from './entity.ts';

/** What `get-open-id-connect-provider` says of a provider. */
export const providerSchema = z.object({
  Url: z.string().min(1),
  ClientIDList: z.array(z.string()).nullish(),
  CreateDate: z.unknown().optional(),
  Tags: z.unknown().optional(),
});

/** A provider's description, and where to say what of it is not understood. */
export interface DescribedProvider {
  readonly provider: z.infer<typeof providerSchema>;
  readonly problem: (what: string) => void;
}

/** Emits the scope of a provider; `described` is null where only its ARN is known. */
export function oidcProviderRow(
  arn: IamArn,
  described: DescribedProvider | null,
  { rows, accounts }: Pick<Intake, 'rows' | 'accounts'>,
): void {
  if (arn.accountId === null) return;
  const problem = described?.problem ?? ((): void => undefined);
  rows.emit('scopes', {
    uid: arn.arn,
    system: 'aws',
    kind: 'federation-provider',
    name: issuerOf(arn),
    parentUid: awsAccountUid(accounts.of(arn.accountId).accountId),
    environment: null,
    tags: tagsOf(readEach(described?.provider.Tags, tagSchema, 'Tags', problem)),
    raw:
      described === null
        ? null
        : {
            ClientIDList: described.provider.ClientIDList ?? [],
            CreateDate: readInstant(described.provider.CreateDate, 'CreateDate', problem),
          },
  });
}

/** The provider's URL without its scheme. */
export function issuerOf({ path, name }: IamArn): string {
  return `${path.slice(1)}${name}`;
}
