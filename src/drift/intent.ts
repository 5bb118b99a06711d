import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readYamlFile } from '#config/yaml-file.ts';
import { stringify } from 'yaml';
import { FACT_KINDS, type Change, type FactKind } from '#model/drift.ts';
import type { Instant, Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';
import { directionOf } from './change.ts';
import { factId, factsSql, type Fact } from './fact.ts';
import { sortedText } from './same-documents.ts';

/** What was approved: facts by their ids. */
export interface Intent {
  /** How to name it: the file. */
  readonly name: string;
  readonly approvedAt: Instant | null;
  readonly facts: ReadonlyMap<string, Fact>;
}

const values = z.record(z.string(), z.string()).default({});

const intentSchema = z.strictObject({
  version: z.literal(1),
  approved_at: z.iso.datetime().optional(),
  access: z.array(
    z.strictObject({
      of: z.string().min(1),
      is: z.string().optional(),
      credentials: values,
      can: values,
      becomes: values,
      trusts: values,
      guardrails: values,
      holds: values,
    }),
  ),
});

type Entry = z.output<typeof intentSchema>['access'][number];
type Section = 'credentials' | 'can' | 'becomes' | 'trusts' | 'guardrails' | 'holds';

/** Where a kind of fact stands in the file, and what its key begins with beyond what the file says. */
const SECTIONS: Readonly<
  Record<Exclude<FactKind, 'identity'>, { readonly name: Section; readonly prefix: string }>
> = {
  credential: { name: 'credentials', prefix: '' },
  entitlement: { name: 'can', prefix: '' },
  edge: { name: 'becomes', prefix: 'becomes ' },
  trust: { name: 'trusts', prefix: 'trusts ' },
  guardrail: { name: 'guardrails', prefix: '' },
  'open-grant': { name: 'holds', prefix: '' },
};

const OTHERS = FACT_KINDS.filter((kind) => kind !== 'identity');

/** Reads approved access from `entitlements.yaml`. Throws ConfigError that names file, line and what was expected. */
export async function readIntent(file: string): Promise<Intent> {
  const { access, approved_at: approvedAt } = await readYamlFile(file, intentSchema);
  const facts = access.flatMap(factsOf).map((fact) => [factId(fact), fact] as const);
  return { name: file, approvedAt: approvedAt ?? null, facts: new Map(facts) };
}

function factsOf(entry: Entry): Fact[] {
  const identityUid = entry.of;
  const own =
    entry.is === undefined
      ? []
      : [{ kind: 'identity' as const, identityUid, key: identityUid, value: entry.is }];
  const others = OTHERS.flatMap((kind) => {
    const { name, prefix } = SECTIONS[kind];
    return Object.entries(entry[name]).map(([key, value]): Fact => ({
      kind,
      identityUid,
      key: `${prefix}${key}`,
      value,
    }));
  });
  return [...own, ...others];
}

/** A snapshot's access as text for a file that people review: sorted, the same snapshot gives the same text. */
export async function intentText(reader: Reader, approvedAt: Instant): Promise<string> {
  const entries = new Map<Uid, Record<string, unknown>>();
  for (const kind of FACT_KINDS) {
    for await (const facts of factsIn(reader, kind)) {
      for (const { identityUid, key, value } of facts) {
        const entry = entries.get(identityUid) ?? { of: identityUid };
        entries.set(identityUid, entry);
        if (kind === 'identity') entry['is'] = value;
        else {
          const { name, prefix } = SECTIONS[kind];
          const section = (entry[name] ??= {}) as Record<string, string>;
          section[key.slice(prefix.length)] = value;
        }
      }
    }
  }
  const access = [...entries.values()].toSorted((a, b) => (String(a['of']) < String(b['of']) ? -1 : 1));
  const text = stringify(
    { version: 1, approved_at: approvedAt, access },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
  return `# Approved access. Review changes to this file like code: nhi drift --baseline compares a scan with it.\n${text}`;
}

/** What is so in a snapshot and was not approved, or was approved and is not so. */
export async function compareWithIntent(reader: Reader, intent: Intent): Promise<Change[]> {
  const changes: Change[] = [];
  const seen = new Set<string>();
  for (const kind of FACT_KINDS) {
    for await (const facts of factsIn(reader, kind)) {
      for (const fact of facts) {
        const id = factId(fact);
        const approved = intent.facts.get(id);
        if (approved !== undefined) seen.add(id);
        const before = approved?.value ?? null;
        if (before === fact.value) continue;
        const { identityUid, key, value } = fact;
        changes.push({
          kind,
          direction: directionOf(kind, before, value),
          identityUid,
          key,
          before,
          after: value,
        });
      }
    }
  }
  const read = await scopesRead(reader);
  for (const [id, { kind, identityUid, key, value }] of intent.facts) {
    if (seen.has(id)) continue;
    const direction = read(identityUid) ? 'lost' : 'unknown';
    changes.push({ kind, direction, identityUid, key, before: value, after: null });
  }
  return changes;
}

/** The facts of one kind. Documents of guardrails are long, and stand in the file by their digest. */
async function* factsIn(reader: Reader, kind: FactKind): AsyncGenerator<Fact[]> {
  const rows = reader.stream<Fact & Record<string, unknown>>(
    `SELECT identity_uid AS "identityUid", key, value FROM (${factsSql(kind, '')}) ORDER BY ALL`,
  );
  for await (const batch of rows) {
    yield batch.map(({ identityUid, key, value }) => ({
      kind,
      identityUid,
      key,
      value: kind === 'guardrail' ? digestOf(value) : value,
    }));
  }
}

function digestOf(documents: string | null): string {
  return `sha256:${createHash('sha256')
    .update(sortedText(documents ?? ''))
    .digest('hex')}`;
}

/** Whether the scan read where an identity lives whole: only then does its absence mean that it is gone. */
async function scopesRead(reader: Reader): Promise<(identityUid: Uid) => boolean> {
  const gaps = await reader.all<{ n: number }>(
    `SELECT count(*) AS n FROM coverage WHERE status <> 'complete' AND (scope_uid IS NULL OR feed IN ('identities', 'grants', 'roles', 'trusts', 'credentials', 'guardrails'))`,
  );
  const known = await reader.all<{ uid: Uid }>('SELECT uid FROM identities');
  const there = new Set(known.map(({ uid }) => uid));
  const whole = (gaps[0]?.n ?? 0) === 0;
  return (identityUid) => whole || there.has(identityUid);
}
