import { describe, expect, it } from 'vitest';
import { pageScreen, pageText, screensOverWorld } from './screens-over.ts';
import { ADMIN, DEPLOY, SHOP, SHOP_FINDINGS, WEB } from './shop.ts';

/** The cells of a page on terminals of 80 and 120 columns. */
const [NARROW, WIDE] = [78, 118];

describe('the page of an identity', () => {
  it('tells everything of it on 80 columns', async () => {
    const data = await screensOverWorld(SHOP, SHOP_FINDINGS);
    expect(await pageText('identity', DEPLOY, NARROW, data)).toEqual([
      'deploy  arn:aws:iam::111111111111:user/deploy',
      '',
      '  kind        aws iam-user, managed by the customer',
      '  class       non-human: example',
      '  enabled     yes',
      '  created     2025-10-16 (400 days ago)',
      '  scope       aws:111111111111',
      '  environment production',
      '  tags        owner=shop',
      '  owner       shop  declared by tag:owner',
      '',
      'Findings  1 failed, 0 unknown for lack of data',
      '  ▲ high     Key is older than 90 days',
      '',
      'Can',
      '  · read secrets of aws:111111111111',
      '  · perhaps, a condition decides: change data of aws:111111111111',
      '',
      'Way to administrator',
      '  arn:aws:iam::111111111111:user/deploy',
      '  └─ assume-role (sts:AssumeRole)',
      '     arn:aws:iam::111111111111:role/admin',
      '  The path is certain.',
      '',
      'Who can become it',
      '  Nobody that the graph shows.',
      '',
      'Whom it can become  1',
      '  · arn:aws:iam::111111111111:role/admin by assume-role (sts:AssumeRole)',
      '',
      'Trusts',
      '  Nobody.',
      '',
      'Credentials  2',
      '  access-key            AKIA1  enabled; made 2025-10-16 (400 days ago); no end',
      '                        on record; last used 2026-05-04 (200 days ago)',
      '  access-key            AKIA2  on or off: not known; age not known; no end on',
      '                        record; last use not known',
      '',
      'Evidence of use',
      '  aws:credential-report used 2026-11-17 (3 days ago), looked at from',
      '                        2026-08-22 to 2026-11-20; cannot see sessions made',
      '                        with a key',
      '',
      'Grants',
      '  None.',
      '',
      'Runs',
      '  Not known: workloads were not all read (failed).',
      '',
      'History',
      '  What changed about it over 1 snapshot',
    ]);
  });

  it('uses the width of 120 columns', async () => {
    const data = await screensOverWorld(SHOP, SHOP_FINDINGS);
    const lines = await pageText('identity', DEPLOY, WIDE, data);
    expect(lines).toContain(
      '  access-key            AKIA2  on or off: not known; age not known; no end on record; last use not known',
    );
    expect(lines.slice(lines.indexOf('Evidence of use'), lines.indexOf('Grants'))).toEqual([
      'Evidence of use',
      '  aws:credential-report used 2026-11-17 (3 days ago), looked at from 2026-08-22 to 2026-11-20; cannot see sessions',
      '                        made with a key',
      '',
    ]);
  });

  it('says of every part that was not read that it is not known', async () => {
    const data = await screensOverWorld(SHOP, SHOP_FINDINGS);
    expect(await pageText('identity', WEB, NARROW, data)).toEqual([
      'web  k8s:prod:serviceaccount:shop/web',
      '',
      '  kind        kubernetes service-account, managed by the customer',
      '  class       non-human: example',
      '  enabled     yes',
      '  created     2026-10-21 (30 days ago)',
      '  scope       k8s:prod',
      '  environment not known',
      '  tags        none',
      '  owner       not known: owners were not all read (skipped)',
      '',
      'Findings  0 failed, 1 unknown for lack of data',
      '  ? critical Identity can read every secret',
      '',
      'Can',
      '  Not known: grants and roles: denied; it may be able to do more.',
      '',
      'Way to administrator',
      '  None that the graph shows; grants and roles: denied.',
      '',
      'Who can become it',
      '  Not known: grants and roles: denied; there may be more.',
      '',
      'Whom it can become',
      '  Not known: grants and roles: denied; there may be more.',
      '',
      'Trusts',
      '  Nobody.',
      '',
      'Credentials',
      '  None.',
      '',
      'Evidence of use',
      '  No source measures its use.',
      '',
      'Grants',
      '  Not known: grants and roles: denied.',
      '',
      'Runs',
      '  Nothing that was collected runs as it.',
      '',
      'History',
      '  What changed about it over 1 snapshot',
    ]);
  });

  it('says that an administrator is one, and who can become it', async () => {
    const data = await screensOverWorld(SHOP, SHOP_FINDINGS);
    const lines = await pageText('identity', ADMIN, NARROW, data);
    expect(lines).toContain('  enabled     not known');
    expect(lines).toContain('  arn:aws:iam::111111111111:role/admin is an administrator: certain');
    expect(lines).toContain('  · arn:aws:iam::111111111111:user/deploy by assume-role (sts:AssumeRole)');
    expect(lines).toContain('  · everything over aws:111111111111 (allows everything)');
    expect(lines).toContain('  · arn:aws:iam::111111111111:user/deploy (identity) by sts:AssumeRole');
  });

  it('tells what others say of an identity that was not collected', async () => {
    const data = await screensOverWorld(SHOP);
    expect((await pageText('identity', 'gone', NARROW, data)).slice(0, 4)).toEqual([
      'gone',
      '',
      '  The snapshot holds no identity with this uid: it was deleted, or not',
      '  collected.',
    ]);
  });

  it('opens those whom it names', async () => {
    const data = await screensOverWorld(SHOP, SHOP_FINDINGS);
    const lines = await pageScreen('identity').lines(DEPLOY, NARROW, data);
    expect(lines.flatMap(({ link }) => (link === undefined ? [] : [link]))).toEqual([
      { screen: 'finding', subject: 'key-too-old-1' },
      { screen: 'identity', subject: DEPLOY },
      { screen: 'identity', subject: ADMIN },
      { screen: 'identity', subject: ADMIN },
      { screen: 'history', subject: DEPLOY },
    ]);
  });

  it('draws with ASCII alone where it is asked to', async () => {
    const data = await screensOverWorld(SHOP, SHOP_FINDINGS, { ascii: true });
    const lines = await pageText('identity', DEPLOY, NARROW, data);
    expect(lines.join('')).toMatch(/^[ -~]*$/u);
    expect(lines).toContain('  H high     Key is older than 90 days');
    expect(lines).toContain('  `- assume-role (sts:AssumeRole)');
  });
});
