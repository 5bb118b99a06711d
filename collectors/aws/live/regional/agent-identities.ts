import type { Observation } from '#model/record.ts';
import type { Feed } from '#model/scope.ts';
import { parseInstant } from '../../instant.ts';
import type { AccountReading } from '../account.ts';
import { listOf, textOf, textsOf } from '../parts.ts';

const FEEDS: readonly Feed[] = ['identities'];
const LIST = 'bedrock-agentcore:ListWorkloadIdentities';
const GET = 'bedrock-agentcore:GetWorkloadIdentity';

/**
 * Yields the workload identities of AgentCore, as which agents get tokens for other systems.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-manage-agent-ids.html
 */
export async function* readAgentIdentities(
  account: AccountReading,
  region: string,
): AsyncGenerator<readonly Observation[]> {
  for await (const page of account.pages(FEEDS, LIST, {}, { region })) {
    await Promise.all(
      listOf(page, 'workloadIdentities').map(async (item) => {
        const [uid, name] = [textOf(item, 'workloadIdentityArn'), textOf(item, 'name')];
        if (uid === null || name === null)
          return account.lost(FEEDS, LIST, 'workloadIdentities: expected ARNs and names');
        const reply = await account.call(FEEDS, GET, { name }, { region, about: name, orNone: true });
        account.intake.rows.emit('identities', {
          uid,
          system: 'aws',
          scopeUid: account.scopeUid,
          kind: 'agent-workload-identity',
          name,
          class: 'non-human',
          classReason: 'a workload identity of Bedrock AgentCore',
          managedBy: 'customer',
          enabled: true,
          createdAt: parseInstant(reply?.['createdTime']),
          tags: {},
          environment: null,
          providerId: null,
          raw: { allowedResourceOauth2ReturnUrls: textsOf(reply, 'allowedResourceOauth2ReturnUrls') },
        });
      }),
    );
    const rows = account.intake.rows.take();
    if (rows !== null) yield rows;
  }
  account.follows(FEEDS, LIST, [GET]);
}
