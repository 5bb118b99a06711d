import type { Dossier, IdentityRow } from '#model/dossier.ts';
import type { Line, PageScreen, ScreenData } from '../screen.ts';
import { accessSection, grantsSection } from './identity-access.ts';
import { becomeSections } from './identity-become.ts';
import { credentialsSection, usageSection } from './identity-use.ts';
import { findingLine } from './identity-findings.ts';
import { BLANK, counted, firstOf, heading, labelled, line, paragraph, toned, type Block } from './lines.ts';
import { OWNER_WORDS } from './owners.ts';
import { drawPath } from './draw-path.ts';
import { coverageOf, type FeedState } from './feed-state.ts';
import { dayAndAge, readAsOf } from './time.ts';

const LABEL = 12;
const SHOWN = 15;

/** One identity whole: what is wrong, what it can do, who can become it, its credentials, its use and its owner. */
export const identity: PageScreen = {
  kind: 'page',
  id: 'identity',
  title: 'Identity',
  lines: async (subject, columns, data) => {
    if (subject === undefined) return [line(['Which identity? Open one from the list of identities.'])];
    const dossier = await data.dossier(subject);
    return dossier.identity === null
      ? missing(subject, dossier, { columns }, data)
      : pageOf(dossier.identity, dossier, { columns }, data);
  },
  identity: (subject) => subject,
};

async function pageOf(row: IdentityRow, dossier: Dossier, block: Block, data: ScreenData): Promise<Line[]> {
  const asOf = await readAsOf(data.reader);
  const state = await coverageOf(data.reader, row.scope_uid);
  const path = await data.pathToAdmin(row.uid);
  return [
    ...head(row, asOf, block),
    ...ownersSection(dossier, state, block),
    ...findingsSection(dossier, block, data.ascii),
    ...accessSection(dossier, state, block, data.ascii),
    ...heading('Way to administrator'),
    ...(path === null
      ? paragraph(
          [
            state.access === 'complete'
              ? 'None that the graph shows.'
              : `None that the graph shows; grants and roles: ${state.access}.`,
          ],
          block,
        )
      : drawPath(path, block, data.ascii)),
    ...becomeSections(dossier, state, block, data.ascii),
    ...credentialsSection(dossier, state, asOf, block),
    ...usageSection(dossier, state, asOf, block),
    ...grantsSection(dossier, state, block, data.ascii),
    ...workloadsSection(dossier, state, block),
    ...heading('History'),
    ...paragraph(
      [toned('link', `What changed about it over ${counted(data.snapshots.length, 'snapshot')}`)],
      {
        ...block,
        link: { screen: 'history', subject: row.uid },
      },
    ),
  ];
}

function head(row: IdentityRow, asOf: string, block: Block): Line[] {
  const field = (label: string, text: string) => labelled(label, [text], LABEL, block);
  const tags = Object.entries(row.tags);
  return [
    ...paragraph([toned('strong', row.name), toned('muted', `  ${row.uid}`)], { ...block, indent: 0 }),
    BLANK,
    ...field('kind', `${row.system} ${row.kind}, managed by the ${row.managed_by}`),
    ...field('class', `${row.class}: ${row.class_reason}`),
    ...field('enabled', row.enabled === null ? 'not known' : row.enabled ? 'yes' : 'no'),
    ...field('created', row.created_at === null ? 'not known' : dayAndAge(row.created_at, asOf)),
    ...field('scope', row.scope_uid),
    ...field('environment', row.environment ?? 'not known'),
    ...field('tags', tags.length === 0 ? 'none' : tags.map(([key, value]) => `${key}=${value}`).join(', ')),
  ];
}

function ownersSection({ owners }: Dossier, { owners: feed }: FeedState, block: Block): Line[] {
  if (owners.length === 0) {
    const text =
      feed === 'complete' ? 'nobody: no source names one' : `not known: owners were not all read (${feed})`;
    return labelled('owner', [toned('warning', text)], LABEL, block);
  }
  return owners.flatMap(({ owner, state, source }, at) =>
    labelled(
      at === 0 ? 'owner' : '',
      [
        owner,
        toned(OWNER_WORDS[state].tone, `  ${OWNER_WORDS[state].word}`),
        toned('muted', ` by ${source}`),
      ],
      LABEL,
      block,
    ),
  );
}

function findingsSection({ findings }: Dossier, block: Block, ascii: boolean): Line[] {
  if (findings.length === 0) return [...heading('Findings'), ...paragraph(['None.'], block)];
  const failed = findings.filter(({ status }) => status === 'fail').length;
  return [
    ...heading('Findings', `${failed} failed, ${findings.length - failed} unknown for lack of data`),
    ...firstOf(findings, SHOWN, (each) => findingLine(each, block, ascii), block),
  ];
}

function workloadsSection({ workloads }: Dossier, { workloads: feed }: FeedState, block: Block): Line[] {
  return [
    ...heading('Runs'),
    ...(workloads.length === 0
      ? paragraph(
          [
            feed === 'complete'
              ? 'Nothing that was collected runs as it.'
              : `Not known: workloads were not all read (${feed}).`,
          ],
          block,
        )
      : firstOf(
          workloads,
          SHOWN,
          ({ kind, name, scope_uid: scope }) =>
            labelled(kind, [name, toned('muted', ` in ${scope}`)], 14, block),
          block,
        )),
  ];
}

/** Others can name an identity that was not collected: what they say of it is shown all the same. */
async function missing(uid: string, dossier: Dossier, block: Block, data: ScreenData): Promise<Line[]> {
  const unread: FeedState = {
    owners: 'not known',
    access: 'not known',
    trusts: 'not known',
    credentials: 'not known',
    usages: 'not known',
    workloads: 'not known',
  };
  return [
    ...paragraph([toned('strong', uid)], { ...block, indent: 0 }),
    BLANK,
    ...paragraph(
      [toned('warning', 'The snapshot holds no identity with this uid: it was deleted, or not collected.')],
      block,
    ),
    ...(dossier.findings.length === 0 ? [] : findingsSection(dossier, block, data.ascii)),
    ...grantsSection(dossier, unread, block, data.ascii),
    ...becomeSections(dossier, unread, block, data.ascii),
  ];
}
