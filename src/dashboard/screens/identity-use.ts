import type { CredentialRow, Dossier, UsageRow } from '#model/dossier.ts';
import type { Instant } from '#model/system.ts';
import type { Line } from '../screen.ts';
import type { FeedState } from './feed-state.ts';
import { unread } from './identity-access.ts';
import { counted, firstOf, heading, labelled, paragraph, toned, type Block } from './lines.ts';
import { dayAndAge, dayOf } from './time.ts';

const SHOWN = 12;
const LABEL = 22;
const NAMED = 8;

/** Its credentials with age, end and last use; what nobody measured is said to be so. */
export function credentialsSection(
  { credentials }: Dossier,
  { credentials: feed }: FeedState,
  asOf: Instant,
  block: Block,
): Line[] {
  return [
    ...heading('Credentials', credentials.length === 0 ? '' : String(credentials.length)),
    ...(credentials.length === 0 && feed === 'complete' ? paragraph(['None.'], block) : []),
    ...firstOf(
      credentials,
      SHOWN,
      (each) => credentialLines(each, asOf, block),
      block,
      'nhi show has them all',
    ),
    ...(feed === 'complete' ? [] : unread(`credentials: ${feed}; there may be more`, block)),
  ];
}

function credentialLines(row: CredentialRow, asOf: Instant, block: Block): Line[] {
  const { kind, name, enabled, created_at: created, expires_at: expires } = row;
  const on = enabled === null ? 'on or off: not known' : enabled ? 'enabled' : 'disabled';
  const ended = expires !== null && expires <= asOf;
  const end =
    expires === null ? 'no end on record' : `${ended ? 'expired' : 'expires'} ${dayAndAge(expires, asOf)}`;
  const made = created === null ? 'age not known' : `made ${dayAndAge(created, asOf)}`;
  return labelled(
    kind,
    [
      toned('strong', name),
      `  ${on}; ${made}; `,
      toned(expires === null ? 'warning' : 'plain', end),
      `; ${lastUse(row, asOf)}`,
    ],
    LABEL,
    block,
  );
}

function lastUse({ last_used_at: last, last_used_evidence: evidence }: CredentialRow, asOf: Instant): string {
  switch (evidence) {
    case 'used':
      return last === null ? 'used, when is not known' : `last used ${dayAndAge(last, asOf)}`;
    case 'never':
      return 'never used';
    case 'not-in-window':
      return 'not used in the time that was looked at';
    case 'none':
      return 'last use not known';
  }
}

/** The evidence of its use by source: when, which time was looked at, and what the source cannot see. */
export function usageSection(
  { usages }: Dossier,
  { usages: feed }: FeedState,
  asOf: Instant,
  block: Block,
): Line[] {
  const whole = usages.filter(({ subject }) => subject === 'identity');
  const services = usages.filter(({ subject }) => subject === 'permission');
  const gap = feed === 'complete' ? [] : unread(`uses were not all read (${feed})`, block);
  return [
    ...heading('Evidence of use'),
    ...(usages.length === 0 && feed === 'complete' ? paragraph(['No source measures its use.'], block) : []),
    ...(usages.length > 0 && whole.length === 0
      ? paragraph(
          [toned('warning', 'No source looks at it as a whole: it may have been used unseen.')],
          block,
        )
      : []),
    ...firstOf(whole, SHOWN, (each) => usageLines(each, asOf, block), block),
    ...permissionLines(services, block),
    ...gap,
  ];
}

function usageLines(row: UsageRow, asOf: Instant, block: Block): Line[] {
  const { last_used_at: last, window_start: from, window_end: to, source, blind_spots: blind } = row;
  const use = last === null ? 'no use seen' : `used ${dayAndAge(last, asOf)}`;
  const window =
    from === null
      ? 'from when on is not known'
      : `looked at from ${dayOf(from)} to ${to === null ? 'the scan' : dayOf(to)}`;
  const cannot = blind.length === 0 ? '' : `; cannot see ${blind.join('; ')}`;
  return labelled(source, [use, toned('muted', `, ${window}${cannot}`)], LABEL, block);
}

/** Which of the permissions that it holds were used: the unused ones are what can go. */
function permissionLines(rows: readonly UsageRow[], block: Block): Line[] {
  if (rows.length === 0) return [];
  const names = new Set(rows.map(({ permission }) => permission ?? ''));
  const used = new Set(
    rows.filter(({ last_used_at: last }) => last !== null).map(({ permission }) => permission ?? ''),
  );
  const unused = [...names].filter((name) => !used.has(name));
  const more = unused.length - NAMED;
  const list = unused.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
  return labelled(
    'permissions',
    [
      `${used.size} of ${counted(names.size, 'permission')} seen in use`,
      toned('muted', unused.length === 0 ? '' : `; not seen: ${list}`),
    ],
    LABEL,
    block,
  );
}
