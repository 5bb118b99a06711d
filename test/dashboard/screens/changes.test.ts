import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ScreenData } from '#dashboard/screen.ts';
import { able } from '../../estates/access.ts';
import { arn, attached, awsRole, policy } from '../../estates/aws.ts';
import { daysAgo, NOW } from '../../estates/estate.ts';
import {
  dataDir,
  listRows,
  listText,
  pageText,
  previewText,
  publishWorld,
  screensOver,
  screensOverWorld,
} from './screens-over.ts';
import { OLD_KEY, SHOP, UNDECIDED } from './shop.ts';

const BOT = arn('role/bot');
const BEFORE = [awsRole('bot'), able(BOT, 'data-read', { scopeUid: 'aws:111111111111' })];
const AFTER = [
  awsRole('bot'),
  able(BOT, 'admin', { scopeUid: 'aws:111111111111' }),
  policy('everything'),
  attached('role/bot', 'everything'),
];

/** The bot read data a week ago, and is an administrator now. */
async function grown(): Promise<{
  readonly data: ScreenData;
  readonly first: string;
  readonly second: string;
}> {
  const folder = await dataDir();
  const first = await publishWorld(folder, BEFORE, { findings: [OLD_KEY] }, daysAgo(7));
  const second = await publishWorld(
    folder,
    AFTER,
    {
      findings: [{ ...OLD_KEY, id: 'new-1', identityUid: BOT, title: 'Administrator', severity: 'critical' }],
    },
    NOW,
  );
  return { data: await screensOver(folder), first, second };
}

describe('the list of drift', () => {
  it('shows what was gained first, with its cause and whether it was approved', async () => {
    const { data } = await grown();
    expect(await listText('drift', 118, data)).toEqual([
      'Change     Identity                  What                         Approved  Cause                   By',
      '+ gained   role/bot                  can admin on aws:111111111…  unknown   grant everything is n…  unknown',
      '- lost     role/bot                  can data-read on aws:11111…  unknown   grant everything is n…  unknown',
    ]);
  });

  it('previews who did it, or that this is not known', async () => {
    const { data } = await grown();
    const [row] = await listRows('drift', data);
    const lines = await previewText('drift', row, data);
    expect(lines.slice(0, 4)).toEqual([
      '+ gained can admin on aws:111111111111',
      'arn:aws:iam::111111111111:role/bot',
      'Approved: unknown',
      expect.stringMatching(/^By: not known: /u),
    ]);
    expect(lines).toContain('Because grant everything is new');
  });

  it('says that nothing was compared where there is one snapshot alone', async () => {
    const data = await screensOverWorld(BEFORE);
    expect(await listRows('drift', data)).toMatchObject([
      { change: '? unknown', what: expect.stringContaining('there is no earlier snapshot') },
    ]);
  });
});

describe('the history of an identity', () => {
  it('tells the changes of each snapshot', async () => {
    const { data, second } = await grown();
    expect(await pageText('history', BOT, 78, data)).toEqual([
      BOT,
      '',
      `2026-11-20  ${second}`,
      '  + gained   can admin on aws:111111111111',
      '  - lost     can data-read on aws:111111111111',
    ]);
  });

  it('says where nothing changed, and where nothing could', async () => {
    const { data } = await grown();
    expect((await pageText('history', 'other', 78, data)).at(-1)).toBe(
      '  Nothing changed over 2 snapshots, as far as they were read.',
    );
    const alone = await screensOverWorld(BEFORE);
    expect((await pageText('history', BOT, 78, alone)).at(-1)).toBe(
      '  Not known: there is one snapshot alone. nhi scan takes the next one.',
    );
  });
});

describe('the overview', () => {
  it('counts what changed since the scan before, and names the worst that is new', async () => {
    const { data, first } = await grown();
    const lines = await pageText('overview', undefined, 78, data);
    expect(lines.slice(lines.indexOf(`Since the scan before  ${first}`)).slice(0, 5)).toEqual([
      `Since the scan before  ${first}`,
      '  findings    1 new (1 critical), 1 closed',
      '  access      1 gained  1 lost',
      '    ◆ critical Administrator',
      '',
    ]);
  });

  it('draws the trend of a metric, and tells by how much it moved', async () => {
    const { data } = await grown();
    const lines = await pageText('overview', undefined, 78, data);
    expect(lines).toContain('Metrics  over 2 snapshots');
    expect(lines).toContain('  standing-administrators    100.0 %  ▁█  +100.0 points  1 of 1');
    expect(lines).toContain('  visibility                 100.0 %  ▅▅  1 of 1');
  });

  it('does not call a finding closed whose scope was not read again', async () => {
    const folder = await dataDir();
    await publishWorld(folder, SHOP, { findings: [{ ...UNDECIDED, status: 'fail' }, OLD_KEY] }, daysAgo(1));
    await publishWorld(folder, [awsRole('admin')], { findings: [{ ...OLD_KEY, status: 'unknown' }] });
    const lines = await pageText('overview', undefined, 78, await screensOver(folder));
    expect(lines).toContain('  findings    0 new, 0 closed, 2 that nobody can tell any more');
  });

  it('says why, and shows all the rest, where the snapshot before cannot be read', async () => {
    const folder = await dataDir();
    await publishWorld(folder, BEFORE);
    await writeFile(join(folder, 'snapshots', '20261101T000000Z-abcdef.duckdb'), 'no database');
    const lines = await pageText('overview', undefined, 78, await screensOver(folder));
    expect(lines[lines.indexOf('Since the scan before') + 1]).toMatch(/^ {2}Not known: .*20261101/u);
    expect(lines).toContain('  visibility                 100.0 %  ·▅  1 of 1');
  });
});
