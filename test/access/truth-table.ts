import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { assert, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AccessRecords, CloudRequest, KubernetesRequest, SystemAccess } from '#access/engine.ts';
import type { Decision } from '#model/decision.ts';
import type { Json } from '#model/system.ts';

/*
 * Access semantics as JSON truth tables, one runner for all systems.
 *
 * A folder holds files `<topic>.truth.json`:
 *
 *   {
 *     "about": "What the table is about, in a line.",
 *     "estates": { "<name>": <given>, … },              optional: what several cases share
 *     "cases": [
 *       {
 *         "case": "A full sentence in the present tense.",
 *         "why": "The provider's rule behind it, in a line.",
 *         "link": "https://… the provider's page that says so",
 *         "given": <given> | "<name of an estate>",     in the system's own shorthand, see `records`
 *         "ask": { … },                                 a CloudRequest or KubernetesRequest, no other keys
 *         "expect": "allowed" | "conditional" | "denied" | "unknown",
 *         "reasons": [{ "kind"?, "source"?, "text"? }]  optional: each fits one of the decision's reasons, in this
 *       }                                               order; `text` is a part of the reason's text
 *     ]
 *   }
 */

interface CloudTables {
  readonly system: 'aws' | 'azure' | 'gcp';
  readonly access: (records: AccessRecords) => SystemAccess<CloudRequest>;
}

interface KubernetesTables {
  readonly system: 'kubernetes';
  readonly access: (records: AccessRecords) => SystemAccess<KubernetesRequest>;
}

/** One system's truth tables and how to run them. */
export type TruthTables = (CloudTables | KubernetesTables) & {
  /** The folder of the `*.truth.json` files, relative to the project's root. */
  readonly folder: string;
  /** The whole folder has at least this many cases. */
  readonly atLeast: number;
  /** What every case's link starts with one of: the provider's documentation. */
  readonly documentation: readonly string[];
  /** Turns a case's `given` into records; throws where it does not understand it. */
  readonly records: (given: Json) => AccessRecords;
};

/** Declares a `describe` for each file of the folder with a test for each case. */
export function describeTruthTables(tables: TruthTables): void {
  const files = readdirSync(tables.folder).filter((name) => name.endsWith('.truth.json'));
  const read = files
    .toSorted()
    .map((name) => ({ name, table: readTable(join(tables.folder, name), tables) }));
  const cases = read.flatMap(({ table }) => table.cases);

  for (const { name, table } of read) {
    describe(`${tables.system}, ${name}: ${table.about}`, () => {
      it.each(table.cases.map((row) => [row.case, row] as const))('%s', (_, row) => {
        const given = typeof row.given === 'string' ? table.estates[row.given] : row.given;
        if (given === undefined) throw new Error(`No estate is called ${JSON.stringify(row.given)}.`);
        const decision = decide(tables, tables.records(given), row.ask);
        assert.strictEqual(decision.decision, row.expect, explain(row, decision));
        expectReasons(decision, row);
      });
    });
  }

  describe(`the truth tables of ${tables.system}`, () => {
    it(`hold at least ${tables.atLeast} cases`, () =>
      expect(cases.length).toBeGreaterThanOrEqual(tables.atLeast));
    it('say each case once', () => {
      const names = cases.map((row) => row.case);
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    });
    it('cite the provider in every case', () => {
      const foreign = cases.filter(
        ({ link }) => !tables.documentation.some((start) => link.startsWith(start)),
      );
      expect(foreign.map(({ link }) => link)).toEqual([]);
    });
  });
}

const json: z.ZodType<Json> = z.json();
const line = z
  .string()
  .min(1)
  .regex(/^[^\n]*$/u, 'is one line');

const kubernetesAsk = z.strictObject({
  principal: z.string(),
  groups: z.array(z.string()).exactOptional(),
  scope: z.string().exactOptional(),
  verb: z.string(),
  path: z.string().exactOptional(),
  group: z.string().exactOptional(),
  resource: z.string().exactOptional(),
  subresource: z.string().exactOptional(),
  name: z.string().exactOptional(),
  namespace: z.string().exactOptional(),
});

const cloudAsk = z.strictObject({
  principal: z.string(),
  action: z.string(),
  resource: z.string().nullable(),
  scope: z.string().exactOptional(),
  context: z.record(z.string(), z.array(z.string())).exactOptional(),
  sessionPolicies: z.array(json).exactOptional(),
});

const tableSchema = z.strictObject({
  about: line,
  estates: z.record(z.string(), json).default({}),
  cases: z
    .array(
      z.strictObject({
        case: line,
        why: line,
        link: z.url({ protocol: /^https$/u }),
        given: json,
        ask: json,
        expect: z.enum(['allowed', 'conditional', 'denied', 'unknown']),
        reasons: z
          .array(
            z.strictObject({
              kind: z.string().exactOptional(),
              source: z.string().nullable().exactOptional(),
              text: z.string().exactOptional(),
            }),
          )
          .default([]),
      }),
    )
    .min(1),
});

type Table = z.infer<typeof tableSchema>;
type Row = Table['cases'][number];

function readTable(path: string, { system }: TruthTables): Table {
  const table = tableSchema.parse(JSON.parse(readFileSync(path, 'utf8')), { reportInput: true });
  for (const row of table.cases) (system === 'kubernetes' ? kubernetesAsk : cloudAsk).parse(row.ask);
  return table;
}

function decide(tables: TruthTables, records: AccessRecords, ask: Json): Decision {
  return tables.system === 'kubernetes'
    ? tables.access(records).decide(kubernetesAsk.parse(ask))
    : tables.access(records).decide(cloudAsk.parse(ask));
}

function expectReasons(decision: Decision, row: Row): void {
  let from = 0;
  for (const wanted of row.reasons) {
    const found = decision.reasons.findIndex(
      (reason, index) =>
        index >= from &&
        (wanted.kind === undefined || wanted.kind === reason.kind) &&
        (wanted.source === undefined || wanted.source === reason.source) &&
        (wanted.text === undefined || reason.text.includes(wanted.text)),
    );
    assert.isAtLeast(found, 0, `no reason like ${JSON.stringify(wanted)}; ${explain(row, decision)}`);
    from = found + 1;
  }
}

function explain(row: Row, { reasons }: Decision): string {
  return `${row.why} (${row.link}); the decision's reasons: ${JSON.stringify(reasons, undefined, 1)}`;
}
