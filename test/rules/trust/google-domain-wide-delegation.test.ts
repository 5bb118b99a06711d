import { describe, expect, it } from 'vitest';
import type { PartialRows } from '#audit/example-rows.ts';
import type { Coverage } from '#model/scope.ts';
import { googleAccount, googleTrust, gsaUid, PROJECT_UID } from '#test/estates/gcp.ts';
import { judge } from '../judge.ts';

const rule = 'google-domain-wide-delegation';
const delegated = googleTrust('d', {
  identityUid: 'gcp:domain:acme.example',
  trusted: gsaUid('sync'),
  trustedKind: 'identity',
  mechanism: 'domain-wide-delegation',
  condition: { scopes: ['https://www.googleapis.com/auth/admin.directory.user'] },
});

function read(status: Coverage['status'] = 'complete'): PartialRows {
  const call = 'domain-wide-delegation';
  return { coverage: [{ system: 'gcp', scopeUid: PROJECT_UID, feed: 'trusts', call, status }] };
}

describe('google-domain-wide-delegation', () => {
  it('fails a service account that a domain delegates to, and shows the scopes', async () => {
    const { findings } = await judge(rule, [googleAccount('sync'), delegated, read()]);
    expect(findings).toMatchObject([
      {
        identity: gsaUid('sync'),
        subject: 'd',
        severity: 'high',
        evidence: { domain: 'gcp:domain:acme.example' },
      },
    ]);
  });

  it('passes an expected one, and a project whose delegations were read and are none', async () => {
    const rows = [googleAccount('sync'), delegated, read()];
    expect(await judge(rule, rows, { expected: [gsaUid('sync')] })).toMatchObject({ found: {}, passed: 2 });
    expect(await judge(rule, [googleAccount('sync'), read()])).toMatchObject({ found: {}, passed: 1 });
  });

  it('does not know, once a project, where delegations were not read', async () => {
    const subject = `${PROJECT_UID}#domain-wide-delegation`;
    const rows = [googleAccount('a'), googleAccount('b')];
    const { found, findings } = await judge(rule, rows);
    expect(found).toEqual({ [subject]: 'unknown' });
    expect(findings).toMatchObject([{ evidence: { service_accounts: 2 } }]);
    expect((await judge(rule, [...rows, read('denied')])).found).toEqual({ [subject]: 'unknown' });
  });

  it('leaves alone claims, other trusts, and projects with accounts of the provider only', async () => {
    const { found, passed } = await judge(rule, [
      googleAccount('agent', { managedBy: 'provider' }),
      googleTrust('c', { trusted: gsaUid('x'), mechanism: 'domain-wide-delegation', certainty: 'claimed' }),
      googleTrust('o', { trusted: gsaUid('x'), mechanism: 'impersonation' }),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
