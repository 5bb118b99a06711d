import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWaivers } from '#gate/waivers/read-waivers.ts';
import { ConfigError } from '#model/errors.ts';
import { tempDir } from '../../temp-dir.ts';

const GOOD = `- id: W-1
  rule: key-too-old
  selector: { identity: 'arn:aws:iam::*:user/ci-*', system: aws }
  reason: replaced next week
  compensating_control: source address condition
  owner: platform
  approver: security
  ticket: SEC-1
  created: 2026-11-01
  expires: 2026-11-30
`;

describe('a waiver file', () => {
  it('is a list of waivers, and may be empty', async () => {
    const folder = await tempDir();
    const files = [join(folder, 'a.yaml'), join(folder, 'b.yaml')];
    await writeFile(join(folder, 'a.yaml'), `${GOOD}  conditions: until-fixed\n`);
    await writeFile(join(folder, 'b.yaml'), '# none left\n');
    expect(await readWaivers(files)).toMatchObject([
      { id: 'W-1', created: '2026-11-01', conditions: ['until-fixed'], file: files[0] },
    ]);
  });

  it.each([
    ['a field that is missing', GOOD.replace(/ {2}ticket.*\n/u, ''), /w\.yaml:1: 0\.ticket: /u],
    ['an unknown key in the selector', GOOD.replace('system:', 'sytem:'), /w\.yaml:3: .*sytem/u],
    ['a day that does not exist', GOOD.replace('2026-11-30', '2026-11-31'), /w\.yaml:10: 0\.expires: /u],
    [
      'an end before the beginning',
      GOOD.replace('2026-11-30', '2026-10-30'),
      /w\.yaml:10: .*before the day/u,
    ],
    [
      'a condition that there is not',
      `${GOOD}  conditions: [forever]\n`,
      /w\.yaml:11: .*until-fixed, until-used/u,
    ],
    ['an id that stands twice', GOOD + GOOD, /w\.yaml:11: 1\.id: W-1 stands here twice/u],
    ['a mapping', 'waivers: []\n', /w\.yaml: .*expected array/u],
    ['broken YAML', '- [\n', /w\.yaml:\d: not valid YAML/u],
  ])('with %s is refused with file and line', async (_, text, message) => {
    const file = join(await tempDir(), 'w.yaml');
    await writeFile(file, text);
    const failure = readWaivers([file]);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toBeInstanceOf(ConfigError);
  });

  it('that repeats an id of another file is refused', async () => {
    const folder = await tempDir();
    const files = [join(folder, 'a.yaml'), join(folder, 'b.yaml')];
    for (const file of files) await writeFile(file, GOOD);
    await expect(readWaivers(files)).rejects.toThrow(/b\.yaml: waiver W-1 stands in .*a\.yaml too/u);
  });
});
