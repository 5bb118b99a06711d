import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempDir } from '../temp-dir.ts';
import { runCli } from './run-cli.ts';
import { writeSmallEstate } from './small-estate.ts';

/** A scanned estate; `change` edits its authorization details and scans again an hour later. */
async function scanned() {
  const folder = await tempDir();
  const exports = await writeSmallEstate(folder);
  const file = join(exports, 'authorization-details.json');
  let hour = 0;
  const cli = async (...words: string[]) =>
    runCli(folder, words, { env: { HOME: folder }, now: () => new Date(Date.UTC(2026, 10, 20, 12 + hour)) });
  const scan = async () => expect((await cli('scan', '--quiet', '--import', exports)).code).toBe(0);
  await scan();
  const change = async (edit: (text: string) => string) => {
    const before = await readFile(file, 'utf8');
    const after = edit(before);
    expect(after).not.toBe(before);
    await writeFile(file, after);
    hour += 1;
    await scan();
  };
  return { folder, cli, change };
}

/** Gives the old user the administrator's policy document. */
const promote = (text: string) =>
  text.replace(
    '"UserPolicyList": []',
    '"UserPolicyList": [{ "PolicyName": "all", "PolicyDocument": { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }] } }]',
  );

describe('nhi drift', () => {
  it('says what an identity gained since the snapshot before, and because of what', async () => {
    const { cli, change } = await scanned();
    await change(promote);
    const { stdout, code } = await cli('drift');
    expect(code).toBe(0);
    expect(stdout).toContain('user/svc-old');
    expect(stdout).toContain('+ can admin on aws:111122223333');
    expect(stdout).toContain('because grant all is new');
  });

  it('says that nothing changed where only the order of the export did', async () => {
    const { cli, change } = await scanned();
    await change((text) => JSON.stringify(JSON.parse(text)));
    expect((await cli('drift')).stdout).toContain('Nothing that identities can do has changed');
  });

  it('compares with approved access, and names file and line where that is wrong', async () => {
    const { cli, change, folder } = await scanned();
    await cli('drift', '--write-baseline', 'entitlements.yaml');
    expect(
      JSON.parse((await cli('drift', '--baseline', 'entitlements.yaml', '--format', 'json')).stdout).changes,
    ).toEqual([]);
    await change(promote);
    const { stdout } = await cli('drift', '--baseline', 'entitlements.yaml', '--format', 'json');
    const changes = JSON.parse(stdout).changes as { key: string; approval: string }[];
    expect(changes.find(({ key }) => key.startsWith('admin on'))?.approval).toBe('unapproved');
    await writeFile(join(folder, 'entitlements.yaml'), 'version: 1\naccess:\n  - of: x\n    kann: {}\n');
    const wrong = await cli('drift', '--baseline', 'entitlements.yaml');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toMatch(/entitlements\.yaml:4/u);
  });

  it('is a finding of the scan and fails the gate where the configuration names approved access', async () => {
    const { cli, change, folder } = await scanned();
    await cli('drift', '--write-baseline', 'entitlements.yaml');
    await writeFile(join(folder, 'nhi.yaml'), 'baseline: entitlements.yaml\n');
    await change(promote);
    const { stdout } = await cli('findings', '--category', 'drift', '--format', 'json');
    const rules = (JSON.parse(stdout) as { rule_id: string }[]).map((finding) => finding.rule_id);
    expect(rules).toContain('gained-capability');
    expect(rules).toContain('new-path-to-administrator');
    const gate = await cli('gate', '--fail-on', 'none', '--fail-on-drift');
    expect(gate.code).toBe(1);
    expect(gate.stdout).toContain('critical gained-capability');
  });

  it('names the first snapshot that had a change, and shows an identity’s history', async () => {
    const { cli, change } = await scanned();
    await change(promote);
    await change((text) => text.replace('svc-old', 'svc-older'));
    const history = await cli('show', 'deploy', '--history');
    expect(history.stdout).toContain('nothing has changed');
    const { stdout } = await cli('drift', '--from', '2026-11-20T12:00:00Z', '--format', 'json');
    const { changes, to } = JSON.parse(stdout) as { to: string; changes: { firstSeen: string }[] };
    expect(changes.some(({ firstSeen }) => firstSeen < to)).toBe(true);
  });

  it('prints a table of markdown for a pull request', async () => {
    const { cli, change } = await scanned();
    await change(promote);
    expect((await cli('drift', '--format', 'markdown')).stdout).toMatch(
      /^# Drift from .*\n[\s\S]*- `\+ can admin on/u,
    );
  });

  it('says what to do where there is no snapshot before', async () => {
    const { cli } = await scanned();
    const { code, stderr } = await cli('drift');
    expect(code).toBe(2);
    expect(stderr).toContain('there is no snapshot before');
  });
});
