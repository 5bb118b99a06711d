import { describe, expect, it } from 'vitest';
import { pageScreen, pageText, screensOverWorld } from './screens-over.ts';
import { DEPLOY, OLD_KEY, SHOP, SHOP_FINDINGS, UNDECIDED } from './shop.ts';

const [NARROW, WIDE] = [78, 118];

/** From one title of a page to the next, without the second. */
function between(lines: readonly string[], from: string, to: string): readonly string[] {
  return lines.slice(lines.indexOf(from), lines.indexOf(to));
}

describe('the page of a finding', () => {
  it('says what was measured, in sentences', async () => {
    const data = await screensOverWorld(SHOP, SHOP_FINDINGS);
    const lines = await pageText('finding', OLD_KEY.id, NARROW, data);
    expect(between(lines, '▲ high  Key is older than 90 days', 'Why it matters')).toEqual([
      '▲ high  Key is older than 90 days',
      '',
      '  rule      key-too-old, long-lived',
      '  identity  deploy  arn:aws:iam::111111111111:user/deploy',
      '  about     AKIA1',
      '  where     aws, aws:111111111111',
      '  since     2026-11-13 (7 days ago)',
      '  id        key-too-old-1',
      '',
      'Evidence',
      '  Its age is 400 days; the limit is 90 days.',
      '  Never used since it was made, says a source that tracks its use.',
      '',
    ]);
  });

  it('says what to do, with the playbook', async () => {
    const data = await screensOverWorld(SHOP, SHOP_FINDINGS);
    const lines = await pageText('finding', OLD_KEY.id, NARROW, data);
    expect(between(lines, 'What to do', 'Asked for by')).toEqual([
      'What to do',
      '  1. Prefer to do away with the key, with a role or a federated identity that',
      '     gets short-lived credentials.',
      '  2. Otherwise make a second key, move every user of the old one to it, and',
      "     watch the old one's last use.",
      '  3. Switch the old key off, wait, and delete it.',
      '  Playbook rotate-key: Replace a credential. For people. Make a second',
      '  credential, hand it to whoever uses the first, and wait until the first is',
      '  used no more; better still, use short-lived credentials instead. Then take',
      '  the first one away with the playbook deactivate-then-delete-key.',
      '',
    ]);
  });

  it('names the controls that ask for it', async () => {
    const data = await screensOverWorld(SHOP, SHOP_FINDINGS);
    const lines = await pageText('finding', OLD_KEY.id, WIDE, data);
    expect(lines).toContain('  · NIST SP 800-53 Revision 5: IA-5 Authenticator management');
  });

  it('says what was missing where the rule could not decide', async () => {
    const data = await screensOverWorld(SHOP, SHOP_FINDINGS);
    const lines = await pageText('finding', UNDECIDED.id, NARROW, data);
    expect(between(lines, '? critical  Identity can read every secret', 'Why it matters')).toEqual([
      '? critical  Identity can read every secret',
      '',
      '  rule      reads-secrets, over-privileged, not decided for lack of data',
      '  identity  web  k8s:prod:serviceaccount:shop/web',
      '  where     kubernetes, k8s:prod',
      '  since     2026-11-20 (that day)',
      '  id        reads-secrets-1',
      '',
      'Evidence',
      '  Not known for lack of:',
      '    grants by list grants, denied; needs read:grants',
      '',
    ]);
  });

  it('leaves nothing of the evidence out', async () => {
    const evidence = {
      threshold_days: 30,
      grants: ['a', 'b'],
      through_groups: null,
      seen_at: null,
      first_steps: [{ becomes: 'waypoint:aws:1:roles', how: 'pass-role' }],
      certain: true,
    };
    const data = await screensOverWorld(SHOP, { findings: [{ ...OLD_KEY, evidence }] });
    const lines = await pageText('finding', OLD_KEY.id, NARROW, data);
    expect(between(lines, 'Evidence', 'Why it matters')).toEqual([
      'Evidence',
      '  The limit is 30 days.',
      '  certain               yes',
      '  first steps',
      '    1',
      '      becomes               one of aws:1:roles',
      '      how                   pass-role',
      '  grants                a, b',
      '  seen at               not known',
      '  through groups        none',
      '',
    ]);
  });

  it('says that there is none of this id', async () => {
    const data = await screensOverWorld(SHOP);
    expect((await pageText('finding', 'none', NARROW, data))[0]).toBe('This snapshot has no finding none.');
  });
});

describe('the overview', () => {
  it('shows findings, changes, gaps and metrics on 80 columns', async () => {
    const data = await screensOverWorld(SHOP, SHOP_FINDINGS);
    expect(await pageText('overview', undefined, NARROW, data)).toEqual([
      '3 identities in 2 scopes on 2026-11-20: 3 non-human, 0 human, 0 unknown',
      '',
      'Findings by system  ◆ critical  ▲ high  ■ medium  ● low  ○ info  ? unknown',
      '  aws         ▲  1H',
      '  kubernetes  1?',
      '',
      'Since the scan before',
      '  Not known: this is the first snapshot.',
      '',
      'Coverage  19 of 22 feeds complete',
      '  ✗ failed    workloads of aws:111111111111',
      '  ⊘ denied    grants of k8s:prod, needs read:grants',
      '  – skipped   owners of k8s:prod',
      '',
      'Metrics  no trend yet: one snapshot',
      '  visibility                 100.0 %  3 of 3',
      '  coverage                    86.4 %  19 of 22',
      '  owned                       50.0 %  1 of 2, 1 not known',
      '  owned-administrators         0.0 %  0 of 1, 1 not known',
      '  excess-privilege           unknown  not known for any of 2',
      '  standing-administrators     50.0 %  1 of 2, 1 not known',
      '  orphaned                    50.0 %  1 of 2, 1 not known',
      '  stale                        0.0 %  0 of 2, 1 not known',
      '  long-lived-credentials     100.0 %  2 of 2',
      '  credential-age            400 days  of 1, 1 not known',
      '  federated                   50.0 %  1 of 2',
      '  Of what was measured; what is not known counts neither way.',
    ]);
  });

  it('names the metrics in full on 120 columns', async () => {
    const data = await screensOverWorld(SHOP, SHOP_FINDINGS);
    expect((await pageText('overview', undefined, WIDE, data)).slice(14)).toEqual([
      'Metrics  no trend yet: one snapshot',
      '  Known identities that were collected                    100.0 %  3 of 3',
      '  Feeds that were read completely                          86.4 %  19 of 22',
      '  Identities with an owner who is there                    50.0 %  1 of 2, 1 not known',
      '  Administrators with an owner who is there                 0.0 %  0 of 1, 1 not known',
      '  Identities that use less than half of what they may     unknown  not known for any of 2',
      '  Identities that are administrators                       50.0 %  1 of 2, 1 not known',
      '  Identities that nobody answers for                       50.0 %  1 of 2, 1 not known',
      '  Identities unused for more than 90 days                   0.0 %  0 of 2, 1 not known',
      '  Credentials that are valid for more than 90 days        100.0 %  2 of 2',
      '  Median age of credentials                              400 days  of 1, 1 not known',
      '  Identities that do without long-lived credentials        50.0 %  1 of 2',
      '  Of what was measured; what is not known counts neither way.',
    ]);
  });

  it('leads to the findings of a system and to the gaps of a feed', async () => {
    const data = await screensOverWorld(SHOP, SHOP_FINDINGS);
    const links = (await pageScreen('overview').lines(undefined, NARROW, data)).map(({ link }) => link);
    expect(links).toContainEqual({ screen: 'findings', filter: 'system:aws' });
    expect(links).toContainEqual({ screen: 'coverage', filter: 'feed:grants' });
  });
});

describe('the page of a plan', () => {
  it('says what a revocation would do and what speaks against it, and does nothing', async () => {
    const data = await screensOverWorld(SHOP);
    expect(await pageText('plan', DEPLOY, NARROW, data)).toEqual([
      'If arn:aws:iam::111111111111:user/deploy were revoked',
      'By the playbook quarantine-then-delete, from this snapshot alone: nothing is',
      'done, written or read from a system.',
      '',
      'Identities',
      '  · arn:aws:iam::111111111111:user/deploy  it was asked for',
      '',
      'Guards',
      '  held    in-use: last used 2026-11-17T12:00:00.000Z, within 30 days',
      '          arn:aws:iam::111111111111:user/deploy',
      '  note    not-read: 3 of 3 objects were not read: their steps are not carried',
      '          out  arn:aws:iam::111111111111:user/deploy',
      '',
      'Steps  3',
      '  s1 contain  Deny arn:aws:iam::111111111111:user/deploy everything  aws, can',
      '              be undone',
      '  s2 contain  Deny everything to the sessions of',
      '              arn:aws:iam::111111111111:user/deploy that were issued until now',
      '              aws, can be undone',
      '  s3 remove   Take arn:aws:iam::111111111111:user/deploy out of all groups',
      '              aws, can be undone',
      '',
      'Ways in and out  4, of which 0 stay open',
      '  · in, credential: access-key AKIA1  closed by s1',
      '  · in, credential: access-key AKIA2  closed by s1',
      '  · in, session: sessions and tokens that were issued before  closed by s2, s1',
      '  · out, become: assume-role  closed by s1',
      '',
      'Residual access',
      '  None that the graph shows.',
      '',
      '  To make the plan: nhi revoke plan --identity',
      '  arn:aws:iam::111111111111:user/deploy --reason TEXT',
    ]);
  });
});
