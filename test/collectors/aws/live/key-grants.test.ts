import { describe, expect, it } from 'vitest';
import { awsAccess } from '#access/aws/index.ts';
import { accessRecords } from '#test/access/access-records.ts';
import { HOME, readAll, signedIn, targetAt } from './reading.ts';
import { json, startServer, xml } from './server.ts';

const KeyArn = `arn:aws:kms:us-east-1:${HOME}:key/k-1`;
const ROLE = `arn:aws:iam::${HOME}:role/app`;

describe('what a grant on a key allows', () => {
  it('is allowed without any other policy, and nothing else is', async () => {
    const server = await startServer();
    server.on('iam:GetAccountAuthorizationDetails', ({ input }) =>
      xml(
        'GetAccountAuthorizationDetails',
        input['Filter.member.1'] === 'Role'
          ? `<RoleDetailList><member><RoleName>app</RoleName><Arn>${ROLE}</Arn></member></RoleDetailList>`
          : '',
      ),
    );
    server.on('kms:ListKeys', () => json({ Keys: [{ KeyId: 'k-1', KeyArn }] }));
    const keeper = {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${HOME}:user/keeper` },
      Action: 'kms:*',
    };
    server.on('kms:GetKeyPolicy', () =>
      json({ Policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ ...keeper, Resource: '*' }] }) }),
    );
    server.on('kms:ListGrants', () =>
      json({ Grants: [{ GrantId: 'g-1', GranteePrincipal: ROLE, Operations: ['Decrypt'] }] }),
    );
    const rows = await readAll(targetAt(server));
    const records = accessRecords({
      scopes: rows('scopes'),
      identities: rows('identities'),
      resourcePolicies: rows('resourcePolicies'),
      coverage: rows('coverage'),
    });
    const access = awsAccess(records, { asOf: signedIn().asOf, organization: 'none' });
    const decisions = ['kms:Decrypt', 'kms:Encrypt'].map(
      (action) => access.decide({ principal: ROLE, action, resource: KeyArn }).decision,
    );
    expect(decisions).toEqual(['allowed', 'denied']);
  });
});
