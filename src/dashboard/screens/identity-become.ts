import type { Dossier, StepRow, TrustRow } from '#model/dossier.ts';
import type { Line } from '../screen.ts';
import { nodeWords } from './draw-path.ts';
import type { FeedState } from './feed-state.ts';
import { unread } from './identity-access.ts';
import { firstOf, heading, item, paragraph, toned, type Block } from './lines.ts';
import { marksFor } from './marks.ts';

const SHOWN = 12;
const MORE = 'nhi show has them all';

/** Who can become the identity, whom it can become, and whom it trusts by its own policy. */
export function becomeSections(
  { become_by: by, becomes, trusted_by: trusts }: Dossier,
  state: FeedState,
  block: Block,
  ascii: boolean,
): Line[] {
  const { bullet } = marksFor(ascii);
  const gaps = [
    ...(state.access === 'complete' ? [] : [`grants and roles: ${state.access}`]),
    ...(state.trusts === 'complete' ? [] : [`trusts: ${state.trusts}`]),
  ];
  const gap = gaps.length === 0 ? [] : unread(`${gaps.join('; ')}; there may be more`, block);
  const none = (text: string) => (gaps.length === 0 ? paragraph([text], block) : []);
  return [
    ...heading('Who can become it', countOf(by)),
    ...(by.length === 0 ? none('Nobody that the graph shows.') : []),
    ...firstOf(by, SHOWN, (step) => stepLines(step.from_uid, step, block, ascii), block, MORE),
    ...gap,
    ...heading('Whom it can become', countOf(becomes)),
    ...(becomes.length === 0 ? none('Nobody that the graph shows.') : []),
    ...firstOf(becomes, SHOWN, (step) => stepLines(step.to_uid, step, block, ascii), block, MORE),
    ...gap,
    ...heading('Trusts', countOf(trusts)),
    ...(trusts.length === 0
      ? state.trusts === 'complete'
        ? paragraph(['Nobody.'], block)
        : unread(`trusts: ${state.trusts}`, block)
      : []),
    ...firstOf(trusts, SHOWN, (trust) => item(bullet, trustWords(trust), block), block, MORE),
  ];
}

function countOf(rows: readonly unknown[]): string {
  return rows.length === 0 ? '' : String(rows.length);
}

function stepLines(
  uid: string,
  { via, permissions, certainty }: StepRow,
  block: Block,
  ascii: boolean,
): Line[] {
  const { text, link } = nodeWords(uid);
  const how = permissions.length === 0 ? ` by ${via}` : ` by ${via} (${permissions.join(', ')})`;
  const sure = certainty === 'certain' ? '' : ', if a condition holds';
  return item(marksFor(ascii).bullet, [text, toned('muted', how), toned('warning', sure)], {
    ...block,
    link: link ? { screen: 'identity', subject: uid } : undefined,
  });
}

function trustWords({ trusted, trusted_kind: kind, mechanism, condition, external, certainty }: TrustRow) {
  const open = kind === 'everyone' && condition === null;
  const notes = [
    ...(external === true ? ['outside'] : external === null ? ['outside or not: not known'] : []),
    ...(certainty === 'claimed' ? ['only the other side says so'] : []),
    ...(condition === null ? [] : [`if ${JSON.stringify(condition)}`]),
  ];
  return [
    toned(open ? 'bad' : 'plain', trusted),
    toned('muted', ` (${kind}) by ${mechanism}`),
    toned(external === true ? 'warning' : 'muted', notes.length === 0 ? '' : `, ${notes.join(', ')}`),
  ];
}
