import { textOf } from '../files/fields.ts';
import { AT_MANAGED_IDENTITY, AT_MANAGEMENT_GROUP, AT_SUBSCRIPTION, MANAGEMENT_GROUP } from './calls.ts';
import { readList, readOne, type Reading } from './list.ts';

/** Reads one management group: what is below it, and what is assigned at it. */
export async function readManagementGroup(reading: Reading, id: string): Promise<void> {
  const place = { scope: id, scopeUid: id.toLowerCase() };
  await readOne(reading, MANAGEMENT_GROUP, place);
  for (const call of AT_MANAGEMENT_GROUP) await readList(reading, call, place);
}

/** Reads one subscription, its identities with whom they trust included. What fails here concerns no other. */
export async function readSubscription(reading: Reading, id: string): Promise<void> {
  const scopeUid = `/subscriptions/${id}`;
  const lists = await Promise.all(
    AT_SUBSCRIPTION.map(async (call) => ({
      call,
      found: await readList(reading, call, { scope: scopeUid, scopeUid }),
    })),
  );
  const identities = lists.find(({ call }) => call.path.endsWith('/userAssignedIdentities'))?.found ?? [];
  await Promise.all(
    identities.map(async (each) =>
      readList(reading, AT_MANAGED_IDENTITY, { scope: textOf(each, 'id') ?? '', scopeUid }),
    ),
  );
}
