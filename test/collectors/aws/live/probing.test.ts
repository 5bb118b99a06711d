import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { awsLive } from '#collectors/aws/live/index.ts';
import type { Probe } from '#contract/live.ts';
import { liveContext } from '#test/collectors/live-context.ts';
import { tempDir } from '#test/temp-dir.ts';
import { signedIn, targetAt } from './reading.ts';
import { startServer, xmlError } from './server.ts';

describe('asking for rights before a scan', () => {
  it('tells what is allowed, what is denied, and what cannot be asked', async () => {
    const server = await startServer();
    server.on('iam:ListSAMLProviders', () => xmlError(403, 'AccessDenied'));
    server.on('sts:AssumeRole', () => xmlError(403, 'AccessDenied'));
    const answers = new Map<string, Probe>();
    for await (const one of awsLive.probe(targetAt(server, { accounts: ['222222222222'] }), signedIn())) {
      answers.set(one.call, one);
    }
    expect(answers.get('iam:ListOpenIDConnectProviders')).toMatchObject({ status: 'allowed' });
    expect(answers.get('iam:ListSAMLProviders')).toMatchObject({
      status: 'denied',
      permission: 'iam:ListSAMLProviders',
    });
    expect(answers.get('iam:ListAccessKeys')).toMatchObject({ status: 'unknown' });
    expect(answers.get('sts:AssumeRole')).toMatchObject({
      status: 'denied',
      detail: expect.stringContaining('222222222222'),
    });
    expect(server.received.map(({ call }) => call)).not.toContain('iam:GenerateCredentialReport');
  });
});

describe('the targets of a machine', () => {
  it('are the environment’s credentials alone where it has some', async () => {
    const { signal } = new AbortController();
    const environment = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_REGION: 'eu-central-1', HOME: '/nonexistent' };
    expect(await awsLive.detect({ environment, signal })).toMatchObject([
      { system: 'aws', profile: null, regions: ['eu-central-1'], accounts: [] },
    ]);
  });

  it('are the profiles of the shared files', async () => {
    const home = await tempDir();
    await mkdir(join(home, '.aws'));
    await writeFile(
      join(home, '.aws', 'config'),
      '[default]\nregion = us-east-2\n\n[profile shop]\nregion=eu-west-1\n[sso-session corp]\nsso_region = us-east-1\n',
    );
    await writeFile(join(home, '.aws', 'credentials'), '[ci]\naws_access_key_id = AKIA\n');
    const { signal } = liveContext();
    const targets = await awsLive.detect({ environment: { HOME: home }, signal });
    expect(targets.map(({ profile, regions }) => [profile, ...regions])).toEqual([
      ['default', 'us-east-2'],
      ['shop', 'eu-west-1'],
      ['ci', 'us-east-1'],
    ]);
  });

  it('are none where nothing points to any', async () => {
    const { signal } = liveContext();
    expect(await awsLive.detect({ environment: { HOME: '/nonexistent' }, signal })).toEqual([]);
  });
});
