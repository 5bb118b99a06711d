import type { Line, PageScreen, ScreenData } from '../screen.ts';
import type { PlaybookNotes, RuleNotes, WaivedFinding } from '../given.ts';
import { evidenceLines } from './evidence.ts';
import { readFinding, type FindingRecord } from './finding-record.ts';
import { BLANK, heading, item, labelled, line, paragraph, toned, type Block } from './lines.ts';
import { marksFor, severityText, severityTone } from './marks.ts';
import { remedyLines } from './remedy.ts';
import { dayAndAge, readAsOf } from './time.ts';

const LABEL = 10;

/** One finding: what was measured, what to do, and which controls ask for it. */
export const finding: PageScreen = {
  kind: 'page',
  id: 'finding',
  title: 'Finding',
  lines: async (subject, columns, data) => {
    const found = subject === undefined ? null : await readFinding(data.reader, subject);
    return found === null ? missing(subject) : pageOf(found, { columns }, data);
  },
};

function missing(subject: string | undefined): Line[] {
  return [
    line([`This snapshot has no finding ${subject ?? ''}.`]),
    line([toned('muted', 'It may have been closed since: nhi findings lists those that are open.')]),
  ];
}

async function pageOf(found: FindingRecord, block: Block, data: ScreenData): Promise<Line[]> {
  const asOf = await readAsOf(data.reader);
  const rule = (await data.rules()).get(found.rule_id);
  const waiver = (await data.waived()).get(found.id);
  const playbook = found.playbook === null ? undefined : (await data.playbooks()).get(found.playbook);
  return [
    ...head(found, waiver, asOf, block, data.ascii),
    ...heading('Evidence'),
    ...evidenceLines(found.evidence, asOf, block),
    ...heading('Why it matters'),
    ...paragraph(
      [rule?.about ?? toned('muted', `The rule ${found.rule_id} is not among those that are loaded.`)],
      block,
    ),
    ...heading('What to do'),
    ...remedyLines(rule?.remedy ?? '', block),
    ...playbookLines(found, playbook, block),
    ...heading('Asked for by'),
    ...controlLines(rule, block, data.ascii),
  ];
}

function head(
  found: FindingRecord,
  waiver: WaivedFinding | undefined,
  asOf: string,
  block: Block,
  ascii: boolean,
): Line[] {
  const { severity, status, identity_uid: uid, subject_uid: subject } = found;
  const flush = { ...block, indent: 0 };
  const tone = severityTone(severity, status);
  const undecided = status === 'unknown' ? ', not decided for lack of data' : '';
  return [
    ...paragraph(
      [toned(tone, severityText(severity, status, marksFor(ascii))), '  ', toned('strong', found.title)],
      flush,
    ),
    BLANK,
    ...labelled('rule', [toned('link', found.rule_id), `, ${found.category}${undecided}`], LABEL, {
      ...block,
      link: { screen: 'rule', subject: found.rule_id },
    }),
    ...(uid === null
      ? labelled('identity', [toned('muted', 'none: it is about the snapshot or a scope')], LABEL, block)
      : labelled('identity', [toned('link', found.identity_name ?? uid), `  ${uid}`], LABEL, {
          ...block,
          link: { screen: 'identity', subject: uid },
        })),
    ...(subject === null ? [] : labelled('about', [subject], LABEL, block)),
    ...labelled('where', [`${found.system ?? 'no system'}, ${found.scope_uid ?? 'no scope'}`], LABEL, block),
    ...labelled('since', [dayAndAge(found.first_seen_at, asOf)], LABEL, block),
    ...(waiver === undefined
      ? []
      : labelled('waived', [toned('notice', `by ${waiver.id} until ${waiver.expires}`)], LABEL, block)),
    ...labelled('id', [toned('muted', found.id)], LABEL, block),
  ];
}

function playbookLines(
  { playbook: id, identity_uid: uid }: FindingRecord,
  playbook: PlaybookNotes | undefined,
  block: Block,
): Line[] {
  if (id === null) return paragraph([toned('muted', 'No playbook does it.')], block);
  const about = playbook === undefined ? '' : `: ${playbook.title}. ${playbook.about}`;
  const plannable = uid !== null && playbook !== undefined && playbook.steps.length > 0;
  return [
    ...paragraph([toned('strong', `Playbook ${id}`), about], block),
    ...(plannable
      ? paragraph([toned('link', 'Plan a revocation of this identity (x)')], {
          ...block,
          link: { screen: 'plan', subject: uid },
        })
      : []),
  ];
}

function controlLines(rule: RuleNotes | undefined, block: Block, ascii: boolean): Line[] {
  const controls = rule?.controls ?? [];
  if (controls.length === 0)
    return paragraph([toned('muted', 'No control of the built-in frameworks names this rule.')], block);
  return controls.flatMap((control) => item(marksFor(ascii).bullet, [control], block));
}
