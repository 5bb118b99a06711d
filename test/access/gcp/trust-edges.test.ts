import { describe, expect, it } from 'vitest';
import { gcpAccess } from '#access/gcp/index.ts';
import { completeRows } from '#audit/example-rows.ts';
import type { Trust } from '#model/trust.ts';
import { googleTrust } from '#test/estates/gcp.ts';
import { gcpRecords } from './estate.ts';

const MEMBER =
  'gcp:principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/subject/s';

function steps(fields: Partial<Trust>): string[] {
  const own = {
    identityUid: MEMBER,
    trusted: 'oidc:issuer.example:s',
    mechanism: 'workload-identity-federation',
  };
  const { trusts } = completeRows(googleTrust('t', { ...own, certainty: 'certain', ...fields }));
  const edges = [...gcpAccess({ ...gcpRecords({}), trusts }).edges()];
  return edges
    .filter(({ toUid }) => toUid === MEMBER)
    .map(({ fromUid, certainty }) => `${fromUid} ${certainty}`);
}

describe('the subject of a token and the member of a pool', () => {
  it('are the same principal', () => {
    expect(steps({})).toEqual(['oidc:issuer.example:s certain']);
    expect(steps({ certainty: 'conditional' })).toEqual(['oidc:issuer.example:s conditional']);
  });

  it('are not where only the other side claims it, or the trust is of another kind', () => {
    expect(steps({ certainty: 'claimed' })).toEqual([]);
    expect(steps({ mechanism: 'workload-identity-provider' })).toEqual([]);
  });
});
