import { DIRECTORY_ROLES, GRAPH_PERMISSIONS, type DirectoryPower } from '#catalogue/azure/directory.ts';
import type { Assignment } from './estate.ts';

const roles = new Map(DIRECTORY_ROLES.map((each) => [each.id, each]));
const permissions = new Map(GRAPH_PERMISSIONS.map((each) => [each.id.toLowerCase(), each]));

/** What an assignment of the directory gives: a role by its template id, an application permission by its name. */
export function powerOf({ kind, roleUid, roleName }: Assignment): DirectoryPower | null {
  if (kind === 'directory-role-assignment')
    return roles.get(roleUid.slice(roleUid.lastIndexOf(':') + 1).toLowerCase()) ?? null;
  if (kind === 'app-role-assignment') return permissions.get(roleName.toLowerCase()) ?? null;
  return null;
}

/** Whether an assignment of the directory holds without anything open: not limited, not conditional, not eligible. */
export function isWhole({ resourceUid, condition, kind }: Assignment): boolean {
  return condition === null && (kind === 'app-role-assignment' || resourceUid === null);
}
