import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ConfigError } from '#model/errors.ts';
import { SEVERITIES, type Finding } from '#model/finding.ts';

/** A finding as a baseline keeps it. */
type BaselineFinding = Pick<Finding, 'id' | 'ruleId' | 'severity' | 'status'>;

/** What was accepted before, by the id of the finding. */
export type Baseline = ReadonlyMap<string, BaselineFinding>;

const MAX_BYTES = 100_000_000;

const fileSchema = z.object({
  version: z.literal(1),
  findings: z.array(
    z.object({
      id: z.string().min(1),
      rule: z.string(),
      severity: z.enum(SEVERITIES),
      status: z.enum(['fail', 'unknown']),
    }),
  ),
});

/** Findings as a baseline. */
export function baselineOf(findings: readonly BaselineFinding[]): Baseline {
  return new Map(findings.map((finding) => [finding.id, finding]));
}

/**
 * Whether the baseline has a finding already. What became worse is not known: what was milder then, and what was
 * unknown then and fails now.
 */
export function isKnown(finding: BaselineFinding, baseline: Baseline): boolean {
  const before = baseline.get(finding.id);
  return (
    before !== undefined &&
    SEVERITIES.indexOf(before.severity) <= SEVERITIES.indexOf(finding.severity) &&
    (before.status === 'fail' || finding.status === 'unknown')
  );
}

/** A baseline file's text: sorted by id, one finding a line, so that a change to it can be reviewed. */
export function baselineText(findings: readonly BaselineFinding[]): string {
  const lines = findings
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, ruleId, severity, status }) => JSON.stringify({ id, rule: ruleId, severity, status }))
    .map((line) => `    ${line}`);
  return `{\n  "version": 1,\n  "findings": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`;
}

/** Reads a baseline file. Throws ConfigError that names the file and what is wrong with it. */
export async function readBaseline(file: string): Promise<Baseline> {
  const result = fileSchema.safeParse(await readJson(file));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new ConfigError(`${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a baseline'}`, {
      hint: 'Write a new one with: nhi gate --write-baseline FILE',
    });
  }
  return baselineOf(result.data.findings.map(({ rule, ...rest }) => ({ ...rest, ruleId: rule })));
}

async function readJson(file: string): Promise<unknown> {
  try {
    const bytes = await readFile(file);
    if (bytes.length > MAX_BYTES) throw new Error(`larger than ${MAX_BYTES} bytes`);
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch (error) {
    throw new ConfigError(`${file}: not a baseline that can be read`, {
      hint: error instanceof Error ? error.message : 'Check the path.',
      cause: error,
    });
  }
}
