import { describe, expect, it } from 'vitest';
import { TENANT_UID, assignment, servicePrincipal } from '#test/estates/azure.ts';
import { notRead } from '#test/estates/estate.ts';
import { judge } from '../judge.ts';

const rule = 'disabled-identity-with-grants';

describe('disabled-identity-with-grants', () => {
  it('fails a disabled identity that holds a role, active or eligible', async () => {
    const { found, findings } = await judge(rule, [
      servicePrincipal('off', { enabled: false }),
      assignment('off', 'reader'),
      assignment('off', 'owner', { state: 'eligible' }),
    ]);
    expect(found).toEqual({ off: 'fail' });
    expect(findings).toMatchObject([{ evidence: { grants: 2, first_roles: ['owner', 'reader'] } }]);
  });

  it('fails a disabled identity that holds a role through a group in a group', async () => {
    const home = { system: 'azure', scopeUid: TENANT_UID } as const;
    const { findings } = await judge(rule, [
      servicePrincipal('off', { enabled: false }),
      {
        groups: [
          { ...home, uid: 'inner' },
          { ...home, uid: 'outer' },
        ],
        memberships: [
          { ...home, groupUid: 'inner', memberUid: 'off' },
          { ...home, groupUid: 'outer', memberUid: 'inner', memberKind: 'group' },
        ],
      },
      assignment('outer', 'reader', { principalKind: 'group' }),
    ]);
    expect(findings).toMatchObject([{ identity: 'off', evidence: { grants: 1, first_groups: ['outer'] } }]);
  });

  it('passes a disabled identity that holds nothing', async () => {
    const { found, passed } = await judge(rule, [servicePrincipal('off', { enabled: false })]);
    expect({ found, passed }).toEqual({ found: {}, passed: 1 });
  });

  it('leaves alone who is enabled, a person, provider-managed, or of unknown state', async () => {
    const { found, passed } = await judge(rule, [
      servicePrincipal('on'),
      assignment('on', 'reader'),
      servicePrincipal('unsaid', { enabled: null }),
      assignment('unsaid', 'reader'),
      servicePrincipal('alice', { enabled: false, class: 'human' }),
      assignment('alice', 'reader'),
      servicePrincipal('microsoft', { enabled: false, managedBy: 'provider' }),
      assignment('microsoft', 'reader'),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where grants were not collected', async () => {
    const { found } = await judge(rule, [
      servicePrincipal('off', { enabled: false }),
      notRead('grants', TENANT_UID),
    ]);
    expect(found).toEqual({ off: 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
