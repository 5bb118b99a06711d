import type { Guard, Plan } from '#revocation/plan.ts';
import { planDigest } from '#revocation/plan.ts';
import type { Io } from '../io.ts';
import type { CommonOptions } from '../options.ts';
import { paintFor, type Paint } from '../terminal/colour.ts';
import { sanitise } from '../terminal/sanitise.ts';

/** A plan for people: who, ways, steps, what remains, what speaks against it, and what comes next. */
export function planText(plan: Plan, options: CommonOptions, io: Io): string {
  const paint = paintFor(io, 'stdout', options.color);
  return [
    paint.bold(`Revocation ${plan.id}`),
    `  playbook ${plan.playbook}, asked for by ${sanitise(plan.requester)}, valid until ${plan.validUntil}`,
    '',
    paint.bold('Identities'),
    ...plan.identities.map(({ uid, why }) => `  ${sanitise(uid)}  ${paint.dim(sanitise(why))}`),
    '',
    ...waysLines(plan, paint),
    '',
    ...stepLines(plan, paint),
    '',
    ...residualLines(plan, paint),
    ...guardLines(plan.guards, paint),
    '',
    `Digest ${planDigest(plan)}`,
    nextLine(plan),
    '',
  ].join('\n');
}

function waysLines({ ways }: Plan, paint: Paint): string[] {
  const open = ways.filter(({ closedBy }) => closedBy.length === 0);
  const lines = ways.map(({ direction, kind, what, closedBy }) => {
    const by = closedBy.length === 0 ? paint.yellow('stays open') : `closed by ${closedBy.join(', ')}`;
    return `  ${direction.padEnd(3)} ${kind.padEnd(11)} ${sanitise(what)}  ${by}`;
  });
  return [paint.bold(`Ways in and out: ${ways.length}, ${ways.length - open.length} closed`), ...lines];
}

function stepLines({ steps }: Plan, paint: Paint): string[] {
  if (steps.length === 0)
    return [paint.yellow('No steps: no action of the playbook is for anything that it has.')];
  return [
    paint.bold('Steps'),
    ...steps.map(({ id, phase, system, title, undoable, before }) => {
      const marks = [
        undoable ? 'can be undone' : 'cannot be undone',
        ...(before === null ? ['not read'] : []),
      ];
      return `  ${id.padEnd(4)} ${phase.padEnd(8)} ${system.padEnd(10)} ${sanitise(title)}  ${paint.dim(marks.join(', '))}`;
    }),
  ];
}

function residualLines({ residual }: Plan, paint: Paint): string[] {
  const { entitlements, edges, unknown } = residual;
  const left = [
    ...entitlements.map(
      ({ identityUid, capability, scopeUid }) => `${identityUid}: ${capability} on ${scopeUid}`,
    ),
    ...edges.map(({ fromUid, toUid, via }) => `${fromUid} can still become ${toUid} by ${via}`),
  ];
  return [
    paint.bold('Residual access'),
    ...(left.length === 0
      ? ['  none that the graph shows']
      : left.map((line) => `  ${paint.yellow(sanitise(line))}`)),
    ...unknown.map((line) => `  ${paint.dim(`not known: ${sanitise(line)}`)}`),
  ];
}

function guardLines(guards: readonly Guard[], paint: Paint): string[] {
  if (guards.length === 0) return [];
  const mark = {
    refuse: paint.red('✗ refused'),
    hold: paint.yellow('! held   '),
    note: paint.dim('· note   '),
  };
  return [
    '',
    paint.bold('Guards'),
    ...guards.map(
      ({ id, verdict, identityUid, text }) =>
        `  ${mark[verdict]} ${id}: ${sanitise(text)}  ${paint.dim(sanitise(identityUid))}`,
    ),
  ];
}

function nextLine({ id, approvals, guards }: Plan): string {
  if (guards.some(({ verdict }) => verdict === 'refuse'))
    return 'It is refused, and no approval changes that.';
  if (approvals === 0) return `Next: nhi revoke apply ${id} --execute`;
  const holds = [...new Set(guards.filter(({ verdict }) => verdict === 'hold').map((guard) => guard.id))];
  const overrule = holds.length === 0 ? '' : ` --overrule ${holds.join(',')}`;
  return `It needs ${approvals} approval${approvals === 1 ? '' : 's'}. Next: nhi revoke approve ${id} --as NAME --key FILE${overrule}`;
}
