import { describe, expect, it } from 'vitest';
import { ACCOUNT_UID, accessKey, awsRole, awsUser, consolePassword } from '#test/estates/aws.ts';
import { notRead } from '#test/estates/estate.ts';
import { CLUSTER_UID, serviceAccount } from '#test/estates/kubernetes.ts';
import { judge } from '../judge.ts';

const rule = 'service-identity-with-password';

describe('service-identity-with-password', () => {
  it('fails a service user that can sign in with a password', async () => {
    const { findings } = await judge(rule, [
      awsUser('ci', { classReason: 'tag type=service' }),
      consolePassword('ci'),
    ]);
    expect(findings).toMatchObject([
      { severity: 'high', subject: null, evidence: { class: 'non-human', class_reason: 'tag type=service' } },
    ]);
  });

  it('passes a service user with keys only, or with a password that is off', async () => {
    const { found, passed } = await judge(rule, [
      awsUser('ci'),
      accessKey('ci', 'key'),
      awsUser('was-human'),
      consolePassword('was-human', { enabled: false }),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 2 });
  });

  it('does not know where nobody knows who stands behind it, or whether the password is on', async () => {
    const { found } = await judge(rule, [
      awsUser('somebody', { class: 'unknown' }),
      consolePassword('somebody'),
      awsUser('ci'),
      consolePassword('ci', { enabled: null }),
    ]);
    expect(found).toEqual({ 'user/somebody': 'unknown', 'user/ci': 'unknown' });
  });

  it('leaves alone people, root users, provider-managed and disabled users, and kinds that have no passwords', async () => {
    const { found, passed } = await judge(rule, [
      awsUser('alice', { class: 'human' }),
      consolePassword('alice'),
      awsUser('root', { kind: 'root-user' }),
      consolePassword('root'),
      awsUser('theirs', { managedBy: 'provider' }),
      consolePassword('theirs'),
      awsUser('off', { enabled: false }),
      consolePassword('off'),
      awsRole('role'),
      serviceAccount('shop/web'),
    ]);
    expect({ found, passed }).toEqual({ found: {}, passed: 0 });
  });

  it('does not know where credentials were not collected, and asks nothing of Kubernetes', async () => {
    const { found } = await judge(rule, [
      awsUser('ci'),
      notRead('credentials', ACCOUNT_UID),
      serviceAccount('shop/web'),
      notRead('credentials', CLUSTER_UID),
    ]);
    expect(found).toEqual({ 'user/ci': 'unknown' });
  });

  it('says nothing about an empty estate', async () => {
    expect(await judge(rule, [])).toEqual({ found: {}, findings: [], passed: 0 });
  });
});
