import { createHash } from 'node:crypto';
import { parse, stringify } from 'yaml';
import { UNAPPROVED } from './planted-drift.ts';

type Section = Readonly<Record<string, string>>;
type Entry = Readonly<Record<string, string | Section>>;

/** The day on which Acme's access was approved. */
const APPROVED_AT = '2026-11-02T08:00:00.000Z';

/** What `nhi drift --write-baseline` wrote of the estate, without what was planted as never approved. */
export function approvedText(written: string): string {
  // The file was just written by the command, whose shape it has.
  const { version, access } = parse(written) as { version: number; access: readonly Entry[] };
  const approved = access.map(withoutPlanted).filter((entry) => entry !== null);
  const text = stringify(
    { version, approved_at: APPROVED_AT, access: approved },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
  return `# Approved access. What PLANTED.md lists with this file was never approved.\n${text}`;
}

function withoutPlanted(entry: Entry): Entry | null {
  let kept: Entry | null = entry;
  for (const { of, section, key } of UNAPPROVED) {
    if (kept === null || kept['of'] !== of) continue;
    kept = section === undefined || key === undefined ? null : withoutFact(kept, section, key);
  }
  return kept;
}

/** A guardrail keeps its place with another digest; anything else that was not approved is not there. */
function withoutFact(entry: Entry, section: string, key: string): Entry {
  const { [section]: facts, ...others } = entry;
  if (facts === undefined || typeof facts === 'string') return entry;
  if (section === 'guardrails') return { ...entry, [section]: { ...facts, [key]: EARLIER } };
  const rest = Object.entries(facts).filter(([each]) => each !== key);
  return rest.length === 0 ? others : { ...entry, [section]: Object.fromEntries(rest) };
}

/** The digest of a text that no export holds any more. */
const EARLIER = `sha256:${createHash('sha256').update('as it was approved').digest('hex')}`;
