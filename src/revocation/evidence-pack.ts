import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyObject } from 'node:crypto';
import { sha256 } from '#ledger/canonical.ts';
import type { Entry } from '#ledger/entry.ts';
import { signStatement, type Statement } from '#ledger/envelope.ts';
import { publicPemOf } from '#ledger/keys.ts';
import type { Json } from '#model/system.ts';
import type { Approval } from './approvals.ts';
import { evidencePage } from './evidence-page.ts';
import { planDigest, type Plan } from './plan.ts';
import type { Verification } from './verify-plan.ts';

export interface EvidenceInput {
  readonly plan: Plan;
  readonly approvals: readonly Approval[];
  readonly verification: Verification;
  /** The ledger's entries about the plan, in order. */
  readonly entries: readonly Entry[];
  /** Where objects as they were before are kept. */
  readonly beforeFolder: string;
  readonly key: KeyObject;
}

/** The type of what a verdict says, in its in-toto statement. */
const PREDICATE = 'https://github.com/nhi-auditor/nhi-auditor/blob/main/docs/revocation.md#the-verdict';

/**
 * Writes one folder with everything that shows what was asked for, approved, done and found, each file with its digest
 * in `index.html`, which a person reads, and the verdict signed. Returns the files' names, sorted.
 */
export async function writeEvidencePack(folder: string, input: EvidenceInput): Promise<string[]> {
  const { plan, approvals, verification, entries, key } = input;
  await mkdir(join(folder, 'before'), { recursive: true, mode: 0o700 });
  const files = new Map<string, string>([
    ['plan.json', lines(plan)],
    ['approvals.json', lines(approvals)],
    ['entries.jsonl', entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')],
    ['verdict.json', lines(verification)],
    ['public-key.pem', publicPemOf(key)],
  ]);
  files.set('verdict.dsse.json', lines(signStatement(statementOf(plan, verification, files), key)));
  const before = await readdir(input.beforeFolder).catch(() => []);
  for (const name of before.filter((each) => each.endsWith('.json'))) {
    await copyFile(join(input.beforeFolder, name), join(folder, 'before', name));
  }
  const digests = [...files].map(([name, text]) => ({ name, sha256: sha256(text) }));
  files.set('index.html', evidencePage({ plan, approvals, verification, entries, digests }));
  for (const [name, text] of files) await writeFile(join(folder, name), text, { mode: 0o600 });
  return [...files.keys(), ...before.map((name) => `before/${name}`)].toSorted();
}

function statementOf(plan: Plan, verification: Verification, files: ReadonlyMap<string, string>): Statement {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [...files].map(([name, text]) => ({ name, digest: { sha256: sha256(text) } })),
    predicateType: PREDICATE,
    // A verification is JSON by its type; the compiler does not take interfaces for JSON.
    predicate: { plan: planDigest(plan), ...(verification as unknown as Record<string, Json>) },
  };
}

function lines(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
