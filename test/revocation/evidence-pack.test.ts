import { createPublicKey } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '#ledger/canonical.ts';
import { verifyEnvelope } from '#ledger/envelope.ts';
import { approve } from '#revocation/approvals.ts';
import { beforeStates } from '#revocation/before-states.ts';
import { writeEvidencePack } from '#revocation/evidence-pack.ts';
import { planDigest } from '#revocation/plan.ts';
import type { Verification } from '#revocation/verify-plan.ts';
import { arn } from '../estates/aws.ts';
import { NOW } from '../estates/estate.ts';
import { newKey } from '../ledger/ledger-for-test.ts';
import { tempDir } from '../temp-dir.ts';
import { planFor, UNUSED } from './small-plan.ts';

const verification: Verification = {
  verdict: 'proved',
  time: NOW,
  identities: [
    {
      identityUid: arn('user/app'),
      system: 'aws',
      verdict: 'proved',
      checks: [{ way: 'state', result: 'gone', detail: '<script>alert(1)</script>\u202e' }],
    },
  ],
  notChecked: [],
};

async function packed() {
  const { plan } = await planFor(UNUSED);
  const folder = await tempDir();
  const key = newKey();
  await beforeStates(folder).keep('s1', { present: true, done: false, document: { active: true } });
  const files = await writeEvidencePack(join(folder, 'evidence'), {
    plan,
    approvals: [approve(plan, { approver: 'ada', overrules: [], time: NOW, key })],
    verification,
    entries: [],
    beforeFolder: join(folder, 'before'),
    key,
  });
  const text = async (name: string) => readFile(join(folder, 'evidence', name), 'utf8');
  return { plan, key, files, text, folder: join(folder, 'evidence') };
}

describe('an evidence pack', () => {
  it('holds plan, approvals, entries, the state before, and the verdict, for its owner alone', async () => {
    const { files, folder } = await packed();
    expect(files).toEqual([
      'approvals.json',
      'before/s1.json',
      'entries.jsonl',
      'index.html',
      'plan.json',
      'public-key.pem',
      'verdict.dsse.json',
      'verdict.json',
    ]);
    for (const name of ['plan.json', 'index.html']) {
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    }
  });

  it('prints the digest of every file in the page, and that of the plan', async () => {
    const { text, plan } = await packed();
    const page = await text('index.html');
    for (const name of ['plan.json', 'approvals.json', 'verdict.json', 'verdict.dsse.json']) {
      expect(page).toContain(sha256(await text(name)));
    }
    expect(page).toContain(planDigest(plan));
  });

  it('signs a statement that names the files by their digests and says the verdict', async () => {
    const { text, key } = await packed();
    const statement = verifyEnvelope(JSON.parse(await text('verdict.dsse.json')), createPublicKey(key));
    expect(statement?.predicate).toMatchObject({ verdict: 'proved' });
    const plan = statement?.subject.find(({ name }) => name === 'plan.json');
    expect(plan?.digest.sha256).toBe(sha256(await text('plan.json')));
  });

  it('shows what came from outside as text, and forbids everything else', async () => {
    const { text } = await packed();
    const page = await text('index.html');
    expect(page).not.toMatch(/<script|\u202e/u);
    expect(page).toContain('&lt;script&gt;');
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });
});
