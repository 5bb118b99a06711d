import { describe, expect, it } from 'vitest';
import { able } from '../../estates/access.ts';
import { accessKey, arn, awsUser, used } from '../../estates/aws.ts';
import { daysAgo } from '../../estates/estate.ts';
import { runCli } from '../../cli/run-cli.ts';
import { dataDir, listRows, pageText, previewText, publishWorld, screensOver } from './screens-over.ts';

const OLD = arn('user/old');
const WORLD = [
  awsUser('old'),
  accessKey('old', 'AKIA1'),
  used('user/old', {
    lastUsedAt: daysAgo(300),
    windowStart: daysAgo(400),
    windowEnd: daysAgo(0),
    source: 'log',
  }),
  able(OLD, 'data-read', { scopeUid: 'aws:111111111111' }),
];

/** A folder in which a revocation was planned by the command line, and never carried out. */
async function planned(): Promise<string> {
  const folder = await dataDir();
  await publishWorld(folder, WORLD);
  const cli = (...words: string[]) => runCli(folder, [...words, '--data', folder], { env: { HOME: folder } });
  await cli('ledger', 'keygen');
  const { code } = await cli(
    'revoke',
    'plan',
    '--identity',
    OLD,
    '--requester',
    'ada',
    '--reason',
    'nobody uses it',
  );
  expect(code).toBe(0);
  return folder;
}

describe('the list of revocations', () => {
  it('shows what the command line planned, and that it is not verified', async () => {
    const data = await screensOver(await planned());
    expect(await listRows('revocations', data)).toMatchObject([
      { identity: OLD, verdict: 'not verified', steps: '0 of 3', requester: 'ada', created: '2026-11-20' },
    ]);
  });

  it('previews what would remain and what speaks against it', async () => {
    const data = await screensOver(await planned());
    const [row] = await listRows('revocations', data);
    const lines = await previewText('revocations', row, data);
    expect(lines[1]).toBe('not verified');
    expect(lines).toContain('Residual access');
    expect(lines).toContain('Guards');
  });
});

describe('the page of a revocation', () => {
  it('tells how each step ended, and the next command', async () => {
    const data = await screensOver(await planned());
    const [row] = await listRows('revocations', data);
    const id = row?.key ?? '';
    const lines = await pageText('revocation', id, 118, data);
    expect(lines.slice(0, 5)).toEqual([
      id,
      '  verdict     not verified',
      '  planned     2026-11-20 by ada, playbook quarantine-then-delete',
      '  reason      nobody uses it',
      `  snapshot    ${data.snapshot.id}`,
    ]);
    expect(lines).toContain(`  next        nhi revoke verify ${id} looks whether access is gone`);
    expect(lines).toContain(
      '  s1 contain  Deny arn:aws:iam::111111111111:user/old everything  aws, can be undone, not begun',
    );
  });

  it('says where there is none of this id', async () => {
    const data = await screensOver(await planned());
    expect(await pageText('revocation', 'none', 78, data)).toEqual(['There is no revocation none on file.']);
  });
});
