import type { FindingRow } from '#model/dossier.ts';
import type { Reader } from '#store/reader.ts';

/** A finding as its page shows it: `owner` is not read. */
export type FindingRecord = Omit<FindingRow, 'owner'>;

/** One finding with the name of its identity; null: the snapshot has none with this id. */
export async function readFinding(reader: Reader, id: string): Promise<FindingRecord | null> {
  const [row] = await reader.all<FindingRecord>(
    `SELECT f.id, f.severity, f.status, f.category, f.rule_id, f.title, f.system, f.scope_uid, f.identity_uid,
       i.name AS identity_name, f.subject_uid, f.evidence, f.playbook, f.first_seen_at
     FROM findings f LEFT JOIN identities i ON i.uid = f.identity_uid WHERE f.id = $id`,
    { id },
  );
  return row ?? null;
}
