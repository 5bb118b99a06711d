import { describe, expect, it } from 'vitest';
import { waypointUid } from '#model/uid.ts';
import { openEstate } from '#test/estates/estate.ts';
import { readDossier } from '../../src/cli/dossier.ts';

describe('what is known of an identity', () => {
  it('names whom it becomes and who becomes it, and not what stands between for many', async () => {
    const any = waypointUid('k8s:prod', 'serviceaccounts');
    const staging = await openEstate({ identities: ['a', 'b', 'c'].map((uid) => ({ uid })) });
    await staging.write('edges', [
      {
        fromUid: 'a',
        toUid: any,
        via: 'create-pod',
        permissions: ['create pods'],
        certainty: 'certain',
        evidence: [],
      },
      ...['a', 'b', 'c'].map((toUid) => ({
        fromUid: any,
        toUid,
        via: 'any-of',
        permissions: [],
        certainty: toUid === 'c' ? ('conditional' as const) : ('certain' as const),
        evidence: [],
      })),
    ]);
    const { becomes } = await readDossier(staging, 'a');
    const { become_by } = await readDossier(staging, 'c');
    await staging.discard();
    const step = { via: 'create-pod', permissions: ['create pods'] };
    expect(becomes).toEqual([
      { to_uid: 'b', ...step, certainty: 'certain' },
      { to_uid: 'c', ...step, certainty: 'conditional' },
    ]);
    expect(become_by).toEqual([{ from_uid: 'a', ...step, certainty: 'conditional' }]);
  });
});
