import type { Dossier, EntitlementRow, GrantRow } from '#model/dossier.ts';
import { CAPABILITIES, type Certainty } from '#model/entitlement.ts';
import type { Line } from '../screen.ts';
import { CAPABILITY_WORDS } from './capabilities.ts';
import type { FeedState } from './feed-state.ts';
import { counted, firstOf, heading, item, paragraph, toned, type Block } from './lines.ts';
import { marksFor } from './marks.ts';

const SHOWN = 15;
const SCOPES = 6;
const STRONG: readonly string[] = ['admin', 'identity-admin', 'escalate'];

const SURE: Readonly<Record<Certainty, string>> = {
  certain: '',
  conditional: 'perhaps, a condition decides: ',
  unknown: 'perhaps, not all that decides was read: ',
};

/** What an identity can do in effect, in plain words, the most powerful first. */
export function accessSection(
  { entitlements }: Dossier,
  { access }: FeedState,
  block: Block,
  ascii: boolean,
): Line[] {
  const { bullet } = marksFor(ascii);
  const lines = CAPABILITIES.flatMap((capability) =>
    (['certain', 'conditional', 'unknown'] as const).flatMap((certainty) => {
      const rows = entitlements.filter((row) => row.capability === capability && row.certainty === certainty);
      if (rows.length === 0) return [];
      const tone = STRONG.includes(capability) && certainty === 'certain' ? 'bad' : 'plain';
      const words = toned(tone, `${CAPABILITY_WORDS[capability]} ${scopesOf(rows)}`);
      return item(bullet, [toned('warning', SURE[certainty]), words], block);
    }),
  );
  const gap =
    access === 'complete' ? [] : unread(`grants and roles: ${access}; it may be able to do more`, block);
  const nothing =
    access === 'complete' ? paragraph(['Nothing that counts: no grant gives it a capability.'], block) : [];
  return [...heading('Can'), ...(lines.length === 0 ? nothing : lines), ...gap];
}

function scopesOf(rows: readonly EntitlementRow[]): string {
  const scopes = rows.map(({ scope_uid: scope }) => scope);
  const more = scopes.length - SCOPES;
  return scopes.slice(0, SCOPES).join(', ') + (more > 0 ? ` and ${counted(more, 'more scope')}` : '');
}

/** The grants behind it, those of groups with the group. */
export function grantsSection(
  { grants }: Dossier,
  { access }: FeedState,
  block: Block,
  ascii: boolean,
): Line[] {
  const { bullet } = marksFor(ascii);
  const gap = access === 'complete' ? [] : unread(`grants and roles: ${access}`, block);
  return [
    ...heading('Grants', grants.length === 0 ? '' : String(grants.length)),
    ...(grants.length === 0 && access === 'complete' ? paragraph(['None.'], block) : []),
    ...firstOf(
      grants,
      SHOWN,
      (grant) => item(bullet, grantWords(grant), block),
      block,
      'nhi show has them all',
    ),
    ...gap,
  ];
}

function grantWords(grant: GrantRow) {
  const { role, role_uid: uid, breadth, scope_uid: scope, resource_uid: resource } = grant;
  const notes = [
    ...(role === null ? ['the role was not collected'] : []),
    ...(breadth === 'everything'
      ? ['allows everything']
      : breadth === 'all-actions'
        ? ['allows a service whole']
        : []),
    ...(grant.via_group === null ? [] : [`through ${grant.via_group}`]),
    ...(grant.state === 'eligible' ? ['can be activated, is not held now'] : []),
    ...(grant.condition === null ? [] : [`if ${JSON.stringify(grant.condition)}`]),
  ];
  return [
    toned(breadth === 'everything' ? 'bad' : 'plain', role ?? uid),
    ` over ${resource ?? scope}`,
    toned('muted', notes.length === 0 ? '' : ` (${notes.join('; ')})`),
  ];
}

/** Says that something was not read, where nothing must not look like good news. */
export function unread(text: string, block: Block): Line[] {
  return paragraph([toned('warning', `Not known: ${text}.`)], block);
}
