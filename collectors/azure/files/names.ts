import type { EntityKind } from './sort.ts';

/** The file names by which an empty list is known for what it is a list of. */
export const FILE_NAMES: Readonly<Record<string, EntityKind>> = {
  'role-assignments': 'role-assignment',
  'role-definitions': 'role-definition',
  'deny-assignments': 'deny-assignment',
  'role-eligibilities': 'eligibility',
  'managed-identities': 'managed-identity',
  resources: 'resource',
  'key-vaults': 'vault',
  'storage-accounts': 'keyed-resource',
  'management-groups': 'management-group',
  'service-principals': 'service-principal',
  applications: 'application',
  'app-role-assignments': 'app-role-assignment',
  'consent-grants': 'consent',
  'directory-roles': 'directory-role',
  'directory-role-assignments': 'directory-assignment',
  'directory-role-eligibilities': 'directory-eligibility',
  groups: 'group',
  'group-eligibilities': 'group-eligibility',
  'sign-in-activities': 'sign-in-activity',
  'credential-activities': 'credential-activity',
};

const ID = '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}';
const LIST = new RegExp(`(?:^|[/\\\\])([a-z-]+?)(?:-(${ID}))?\\.json$`, 'iu');
const PART = new RegExp(
  `(?:^|[/\\\\])(groups|applications|service-principals)-(${ID})-(members|owners)\\.json$`,
  'iu',
);

/** What `deny-assignments.json` or `deny-assignments-<subscription id>.json` lists; null: the name does not say. */
export function listedIn(
  label: string,
): { readonly kind: EntityKind; readonly subscription: string | null } | null {
  const [, name, id] = LIST.exec(label) ?? [];
  const kind =
    name !== undefined && Object.hasOwn(FILE_NAMES, name.toLowerCase())
      ? FILE_NAMES[name.toLowerCase()]
      : undefined;
  return kind === undefined ? null : { kind, subscription: id?.toLowerCase() ?? null };
}

/** The context that a page of members or owners lacks: `groups-<id>-members.json` says whose they are. */
export function contextIn(label: string): string {
  const [, list, id, part] = PART.exec(label) ?? [];
  if (list === undefined || id === undefined || part === undefined) return '';
  const set = list.toLowerCase() === 'service-principals' ? 'servicePrincipals' : list.toLowerCase();
  return `${set}('${id}')/${part.toLowerCase()}`;
}
