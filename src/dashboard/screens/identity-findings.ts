import type { Severity } from '#model/finding.ts';
import type { Uid } from '#model/system.ts';
import type { Reader } from '#store/reader.ts';
import type { Line } from '../screen.ts';
import { labelled, toned, type Block } from './lines.ts';
import { marksFor, severityText, severityTone } from './marks.ts';
import { severityRankSql } from './select-parts.ts';

/** A finding in a list of one identity's. */
interface IdentityFinding {
  readonly id: string;
  readonly severity: Severity;
  readonly status: string;
  readonly title: string;
  readonly subject_uid: Uid | null;
}

/** The findings about one identity, worst first. */
export function findingsOf(reader: Reader, uid: Uid): Promise<IdentityFinding[]> {
  return reader.all<IdentityFinding>(
    `SELECT id, severity, status, title, subject_uid FROM findings f WHERE identity_uid = $uid
     ORDER BY ${severityRankSql('f')}, rule_id, id`,
    { uid },
  );
}

/** A finding with what it is about beyond the identity; enter opens it. */
export function findingLine(
  { id, severity, status, title }: IdentityFinding,
  block: Block,
  ascii: boolean,
): Line[] {
  const mark = toned(severityTone(severity, status), severityText(severity, status, marksFor(ascii)));
  return labelled(mark, [title], 11, { ...block, link: { screen: 'finding', subject: id } });
}
