import type { Guard, Plan } from '#revocation/plan.ts';
import type { Line, Tone } from '../screen.ts';
import { counted, heading, item, labelled, paragraph, toned, type Block } from './lines.ts';
import { marksFor } from './marks.ts';

/** By the steps' ids: how each ended. Left out: the plan is not carried out. */
type Outcomes = ReadonlyMap<string, string>;

/** A plan for people: whom it is about, what speaks against it, its steps, the ways it closes, and what remains. */
export function planLines(plan: Plan, block: Block, ascii: boolean, outcomes?: Outcomes): Line[] {
  const { bullet } = marksFor(ascii);
  return [
    ...heading('Identities'),
    ...plan.identities.flatMap(({ uid, why }) =>
      item(bullet, [uid, toned('muted', `  ${why}`)], {
        ...block,
        link: { screen: 'identity', subject: uid },
      }),
    ),
    ...guardLines(plan, block),
    ...stepLines(plan, block, outcomes),
    ...wayLines(plan, block, ascii),
    ...residualLines(plan, block, ascii),
  ];
}

const GUARDS: Readonly<Record<Guard['verdict'], { readonly word: string; readonly tone: Tone }>> = {
  refuse: { word: 'refused', tone: 'bad' },
  hold: { word: 'held', tone: 'warning' },
  note: { word: 'note', tone: 'muted' },
};

/** What speaks against the plan; what is refused no approval changes. */
export function guardLines({ guards }: Plan, block: Block): Line[] {
  const lines = guards.flatMap(({ id, verdict, identityUid, text }) =>
    labelled(
      toned(GUARDS[verdict].tone, GUARDS[verdict].word),
      [`${id}: ${text}`, toned('muted', `  ${identityUid}`)],
      8,
      block,
    ),
  );
  return [
    ...heading('Guards'),
    ...(lines.length === 0 ? paragraph(['Nothing speaks against it.'], block) : lines),
  ];
}

function stepLines({ steps }: Plan, block: Block, outcomes: Outcomes | undefined): Line[] {
  if (steps.length === 0) {
    const why = 'None: no action of the playbook is for anything that it has.';
    return [...heading('Steps'), ...paragraph([toned('warning', why)], block)];
  }
  return [
    ...heading('Steps', String(steps.length)),
    ...steps.flatMap(({ id, phase, system, title, undoable }) => {
      const notes = [
        system,
        undoable ? 'can be undone' : 'cannot be undone',
        ...(outcomes === undefined ? [] : [outcomes.get(id) ?? 'not begun']),
      ];
      return labelled(`${id} ${phase}`, [title, toned('muted', `  ${notes.join(', ')}`)], 12, block);
    }),
  ];
}

function wayLines({ ways }: Plan, block: Block, ascii: boolean): Line[] {
  const { bullet } = marksFor(ascii);
  const open = ways.filter(({ closedBy }) => closedBy.length === 0).length;
  return [
    ...heading('Ways in and out', `${ways.length}, of which ${counted(open, 'stays', 'stay')} open`),
    ...ways.flatMap(({ direction, kind, what, closedBy }) => {
      const by =
        closedBy.length === 0
          ? toned('warning', 'stays open')
          : toned('muted', `closed by ${closedBy.join(', ')}`);
      return item(bullet, [toned('muted', `${direction}, ${kind}: `), what, '  ', by], block);
    }),
  ];
}

/** What could still be reached when every step is done, and what the graph cannot tell. */
export function residualLines({ residual }: Plan, block: Block, ascii: boolean): Line[] {
  const { bullet } = marksFor(ascii);
  const left = [
    ...residual.entitlements.map(
      ({ identityUid, capability, scopeUid }) => `${identityUid}: ${capability} on ${scopeUid}`,
    ),
    ...residual.edges.map(({ fromUid, toUid, via }) => `${fromUid} can still become ${toUid} by ${via}`),
  ];
  return [
    ...heading('Residual access'),
    ...(left.length === 0 ? paragraph(['None that the graph shows.'], block) : []),
    ...left.flatMap((text) => item(bullet, [toned('warning', text)], block)),
    ...residual.unknown.flatMap((text) => item(bullet, [toned('muted', `not known: ${text}`)], block)),
  ];
}
