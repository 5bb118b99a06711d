import type { Identity } from '#model/identity.ts';
import type { Json } from '#model/system.ts';

/** An object of a directory, by its uid. */
export interface DirectoryObject {
  readonly tenant: string;
  /** As Graph's paths call its kind. */
  readonly collection: 'applications' | 'servicePrincipals';
  readonly id: string;
}

const UID = /^entra:([^:]+):(application|serviceprincipal):([\da-z-]+)$/u;

/** The application or service principal that an identity is; null: it is something else. */
export function directoryObject({ system, uid }: Pick<Identity, 'system' | 'uid'>): DirectoryObject | null {
  const [, tenant, kind, id] = UID.exec(uid) ?? [];
  if (system !== 'azure' || tenant === undefined || id === undefined) return null;
  return { tenant, collection: kind === 'application' ? 'applications' : 'servicePrincipals', id };
}

/** The service principal that an identity is; null: it is something else. */
export function servicePrincipal(identity: Pick<Identity, 'system' | 'uid'>): DirectoryObject | null {
  const object = directoryObject(identity);
  return object?.collection === 'servicePrincipals' ? object : null;
}

/** A member of an object; undefined: there is none, or it is no object. */
export function at(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) {
    return undefined;
  }
  // An object that is no array; the compiler does not narrow readonly arrays away.
  return (value as { readonly [key: string]: Json })[key];
}

/** A member that is text; null: it is none. */
export function textAt(value: Json | undefined, key: string): string | null {
  const found = at(value, key);
  return typeof found === 'string' && found !== '' ? found : null;
}

/** Some members of an object, in this order, without those that are missing or null. */
export function pick(value: Json | undefined, keys: readonly string[]): { readonly [key: string]: Json } {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const found = at(value, key);
      return found === undefined || found === null ? [] : [[key, found]];
    }),
  );
}
