import type { Uid } from '#model/system.ts';
import type { Holdings } from './entities/entity.ts';
import { textOf } from './fields.ts';

/** One name for what Google calls by several: projects by id and number, service accounts by address and number. */
export interface Naming {
  /** `projects/123`, `projects/shop`, `folders/1`, `organizations/2` → the scope's uid, projects by id where it is known. */
  readonly scopeUid: (name: string) => Uid;
  /** A full resource name with its project by id, and service accounts by address. */
  readonly resource: (fullName: string) => string;
  /** The number of a project; null: nothing told it. */
  readonly numberOf: (scopeUid: Uid) => string | null;
}

const ACCOUNT = /^(\/\/iam\.googleapis\.com\/)projects\/[^/]+\/serviceAccounts\/([^/]+)(\/.*)?$/u;

/** Learns the names from everything that was read. */
export function learnNames(holdings: Holdings): Naming {
  const idOf = new Map<string, string>();
  for (const { fields } of holdings.get('project') ?? []) {
    const id = textOf(fields, 'projectId');
    const number = projectNumber(fields);
    if (id !== null && number !== null) idOf.set(number, id);
  }
  for (const held of holdings.values()) {
    for (const { name, kind, fields, ancestors } of held) {
      const number = /^projects\/(\d+)$/u.exec(ancestors[0] ?? '')?.[1];
      if (number === undefined || idOf.has(number)) continue;
      const id =
        kind === 'service-account'
          ? textOf(fields, 'projectId')
          : (/^\/\/cloudresourcemanager\.googleapis\.com\/projects\/([^/]+)$/u.exec(name)?.[1] ?? null);
      if (id !== null && !/^\d+$/u.test(id)) idOf.set(number, id);
    }
  }
  const numberById = new Map([...idOf].map(([number, id]) => [id, number]));
  const projectId = (name: string): string => idOf.get(name) ?? name;

  const accounts = new Map<string, { readonly email: string; readonly project: string | null }>();
  for (const { fields } of holdings.get('service-account') ?? []) {
    const email = textOf(fields, 'email')?.toLowerCase();
    if (email === undefined) continue;
    const project = textOf(fields, 'projectId') ?? projectOfAccount(email, textOf(fields, 'name'));
    accounts.set(email, { email, project });
    const number = textOf(fields, 'uniqueId');
    if (number !== null) accounts.set(number, { email, project });
  }

  return {
    scopeUid: (name) =>
      `gcp:${name.replace(/^(projects\/)([^/]+)$/u, (_, kind, id) => `${kind}${projectId(id)}`)}`,
    numberOf: (scopeUid) => numberById.get(scopeUid.replace(/^gcp:projects\//u, '')) ?? null,
    resource: (fullName) => {
      const account = ACCOUNT.exec(fullName);
      if (account !== null) {
        const [, host = '', called = '', below = ''] = account;
        const known = accounts.get(called.toLowerCase());
        const email = known?.email ?? (called.includes('@') ? called.toLowerCase() : called);
        const said = /projects\/([^/]+)/u.exec(fullName)?.[1] ?? '-';
        const project = known?.project ?? projectOfAccount(email, null) ?? said;
        return `${host}projects/${projectId(project)}/serviceAccounts/${email}${below}`;
      }
      return fullName.replace(/(\/projects\/)([^/]+)/u, (_, kind, id) => `${kind}${projectId(id)}`);
    },
  };
}

/** The number that a project's description holds, in either version of the API. */
export function projectNumber(fields: Parameters<typeof textOf>[0]): string | null {
  const number = fields?.['projectNumber'];
  if (typeof number === 'number') return String(number);
  return (
    textOf(fields, 'projectNumber') ?? /^projects\/(\d+)$/u.exec(textOf(fields, 'name') ?? '')?.[1] ?? null
  );
}

/** The project of a service account, by its resource name or by its address; null: neither tells. */
export function projectOfAccount(email: string, name: string | null): string | null {
  const said = /(?:^|\/)projects\/([^/]+)\/serviceAccounts\//u.exec(name ?? '')?.[1];
  if (said !== undefined && said !== '-') return said;
  const user = /^[^@]+@([^@]+)\.iam\.gserviceaccount\.com$/u.exec(email)?.[1];
  if (user !== undefined) return domainProject(user);
  // https://cloud.google.com/iam/docs/service-account-types#default
  return /^(?<id>[^@]+)@appspot\.gserviceaccount\.com$/u.exec(email)?.groups?.['id'] ?? null;
}

/** `shop.example.com` is the project `example.com:shop` (https://cloud.google.com/resource-manager/docs/creating-managing-projects). */
function domainProject(part: string): string {
  const dot = part.indexOf('.');
  return dot < 0 ? part : `${part.slice(dot + 1)}:${part.slice(0, dot)}`;
}
