import { describe, expect, it } from 'vitest';
import { LAST_USE_SQL } from '#dashboard/screens/select-parts.ts';
import { listRows, listScreen, listText, previewText, screensOverWorld } from './screens-over.ts';
import { DEPLOY, SHOP, SHOP_FINDINGS, WEB } from './shop.ts';

/** The cells of a list on 80 columns, and beside a preview on 120. */
const [ALONE, BESIDE] = [78, 67];

describe('the list of findings', () => {
  it('shows severity, rule, identity, system and age on 80 columns, failures before what is unknown', async () => {
    const data = await screensOverWorld(SHOP, SHOP_FINDINGS);
    expect(await listText('findings', ALONE, data)).toEqual([
      'Severity    Rule                  Identity              System      Since',
      '▲ high      key-too-old           deploy                aws         2026-11-13',
      '? critical  reads-secrets         web                   kubernetes  2026-11-20',
    ]);
  });

  it('keeps severity, rule, identity and system beside a preview', async () => {
    const data = await screensOverWorld(SHOP, SHOP_FINDINGS);
    const [titles] = await listText('findings', BESIDE, data);
    expect(titles).toBe('Severity    Rule                  Identity               System');
  });

  it('opens the finding, and plans for its identity', async () => {
    const data = await screensOverWorld(SHOP, SHOP_FINDINGS);
    const [first] = await listRows('findings', data);
    const { open, identity } = listScreen('findings');
    expect(first && open?.(first)).toEqual({ screen: 'finding', subject: 'key-too-old-1' });
    expect(first && identity?.(first)).toBe(DEPLOY);
  });

  it('previews what was measured', async () => {
    const data = await screensOverWorld(SHOP, SHOP_FINDINGS);
    const [failed, undecided] = await listRows('findings', data);
    expect([
      await previewText('findings', failed, data),
      await previewText('findings', undecided, data),
    ]).toEqual([
      [
        'Key is older than 90 days',
        'arn:aws:iam::111111111111:user/deploy',
        'AKIA1',
        '',
        'Its age is 400 days; the limit is 90 days.',
        'Never used since it was made, says a source that',
        'tracks its use.',
      ],
      [
        'Identity can read every secret',
        'k8s:prod:serviceaccount:shop/web',
        '',
        'Not known for lack of:',
        '  grants by list grants, denied; needs',
        '  read:grants',
      ],
    ]);
  });
});

describe('the list of identities', () => {
  it('shows findings, reach, owner and last use on 80 columns, the worst first', async () => {
    const data = await screensOverWorld(SHOP, SHOP_FINDINGS);
    expect(await listText('identities', ALONE, data)).toEqual([
      'Name                  Findings      Can              Owner          Last used',
      'deploy                1H            secret-read      shop           2026-11-17',
      'web                   1?            unknown          unknown        unknown',
      'admin                 none          admin            nobody         unknown',
    ]);
  });

  it('says nothing of access and owners only where their feeds were read', async () => {
    const read = await screensOverWorld([
      { identities: [{ uid: WEB, name: 'web', kind: 'service-account' }] },
    ]);
    expect(await listRows('identities', read)).toMatchObject([{ can: 'nothing', owner: 'nobody' }]);
  });

  it('marks what is not certain, and owners who are not confirmed', async () => {
    const data = await screensOverWorld([
      { identities: [{ uid: WEB, name: 'web' }] },
      { entitlements: [{ identityUid: WEB, capability: 'admin', certainty: 'conditional' }] },
      {
        owners: [
          { identityUid: WEB, owner: 'shop', state: 'inferred' },
          { identityUid: WEB, owner: 'pay', state: 'inferred' },
        ],
      },
      { usages: [{ identityUid: WEB, subject: 'identity', lastUsedAt: null, source: 'log' }] },
    ]);
    expect(await listRows('identities', data)).toMatchObject([
      { can: 'admin?', owner: 'pay and others (inferred)', used: 'not seen' },
    ]);
  });
});

describe('the last use in the list of identities', () => {
  it('is what the view of uses says', async () => {
    const { reader } = await screensOverWorld(SHOP);
    const view = 'SELECT identity_uid, last_used_at, whole FROM identity_usage ORDER BY ALL';
    const rows = await reader.all(view);
    expect(rows.length).toBeGreaterThan(0);
    expect(await reader.all(`FROM (${LAST_USE_SQL}) ORDER BY ALL`)).toEqual(rows);
  });
});

describe('the list of paths', () => {
  it('shows who can become an administrator, how far that is and whether it is certain', async () => {
    const data = await screensOverWorld(SHOP);
    expect(await listText('paths', ALONE, data)).toEqual([
      'Identity                Hops  Sure      First step        Becomes',
      'user/deploy                1  certain   assume-role       role/admin',
    ]);
  });

  it('draws the path in the preview', async () => {
    const data = await screensOverWorld(SHOP);
    const [row] = await listRows('paths', data);
    expect(await previewText('paths', row, data)).toEqual([
      'arn:aws:iam::111111111111:user/deploy',
      '└─ assume-role (sts:AssumeRole)',
      '   arn:aws:iam::111111111111:role/admin',
      'The path is certain.',
    ]);
  });
});

describe('the list of coverage', () => {
  it('shows the gaps first, with the permission that is missing', async () => {
    const data = await screensOverWorld(SHOP);
    expect((await listText('coverage', ALONE, data)).slice(0, 5)).toEqual([
      'State       Feed               Scope                  Permission missing',
      '✗ failed    workloads          aws:111111111111',
      '⊘ denied    grants             k8s:prod               read:grants',
      '– skipped   owners             k8s:prod',
      '✓ complete  credentials        aws:111111111111',
    ]);
  });

  it('has a row for a scope of identities that nothing is said of', async () => {
    const home = { system: 'aws', scopeUid: 'aws:222222222222' } as const;
    const data = await screensOverWorld([
      { scopes: [{ uid: home.scopeUid, parentUid: 'org' }], identities: [{ ...home, uid: 'x', name: 'x' }] },
    ]);
    expect(await listRows('coverage', data)).toMatchObject([
      { state: '– skipped', scope: 'aws:222222222222', detail: 'nothing says what was read here' },
    ]);
  });
});

describe('the list of rules', () => {
  it('shows what failed, then what is unknown, then what had nothing to judge', async () => {
    const data = await screensOverWorld(SHOP, SHOP_FINDINGS);
    expect((await listText('rules', ALONE, data)).slice(0, 4)).toEqual([
      'Result     Rule                            Failed  Unknown  Passed  Severity',
      '✗ failed   key-too-old                          1        0       3  ■ medium',
      '? unknown  reads-secrets                        0        1       2  ■ medium',
      expect.stringMatching(/^– nothing {2}\S+ +0 +0 +0 {2}◆ critical$/u),
    ]);
  });

  it('calls a rule that did not run to its end broken, whatever it counted', async () => {
    const coverage = [
      { call: 'rule key-too-old', status: 'failed', feed: null, scopeUid: null, system: null } as const,
    ];
    const data = await screensOverWorld([...SHOP, { coverage }], SHOP_FINDINGS);
    const [first] = await listRows('rules', data);
    expect(first).toMatchObject({ rule: 'key-too-old', result: '✗ broken' });
  });

  it('opens the findings of a rule', async () => {
    const data = await screensOverWorld(SHOP, SHOP_FINDINGS);
    const [first] = await listRows('rules', data);
    expect(first && listScreen('rules').open?.(first)).toEqual({
      screen: 'findings',
      filter: 'rule:key-too-old',
    });
  });
});
