import { listOf, objectOf, textOf, type Fields } from './files/fields.ts';
import { kindOf, type EntityKind } from './files/sort.ts';
import { withoutSecrets } from './files/without-secrets.ts';
import type { Held } from './estate.ts';

/** What is being read, each entity once, with what could not be read. */
export interface Gathering {
  readonly holdings: Map<EntityKind, Held[]>;
  readonly problems: string[];
  /** Takes one entity; false: nothing about identities. */
  readonly add: (fields: Fields, context: string, label: string) => boolean;
}

/** A gathering with nothing in it. */
export function createGathering(): Gathering {
  const holdings = new Map<EntityKind, Held[]>();
  const seen = new Map<string, Held>();
  const replace = (kind: EntityKind, old: Held, held: Held, key: string): void => {
    seen.set(key, held);
    holdings.set(
      kind,
      (holdings.get(kind) ?? []).map((each) => (each === old ? held : each)),
    );
  };
  const hold = (kind: EntityKind, held: Held, key: string): void => {
    // One assignment is in the lists of every scope that it reaches.
    const twin = seen.get(key);
    if (twin !== undefined) {
      // A list of management groups leaves out what is below them, which each one's own address tells.
      if (kind === 'management-group')
        replace(kind, twin, { ...held, fields: united(twin.fields, held.fields) }, key);
      return;
    }
    seen.set(key, held);
    const known = holdings.get(kind);
    if (known === undefined) holdings.set(kind, [held]);
    else known.push(held);
  };
  const add: Gathering['add'] = (fields, context, label) => {
    const kind = kindOf(fields, context);
    if (kind === null) return false;
    const id = textOf(fields, 'id');
    const parent = kind.endsWith('-of') || kind === 'federated-credential' ? context : '';
    // A federated credential stands in the list of its application, and an owner in that of each application.
    const key = `${kind} ${parent} ${id ?? JSON.stringify(fields)}`.toLowerCase();
    for (const each of listOf(fields, 'federatedIdentityCredentials')) {
      if (id !== null) add(each, `applications('${id}')/federatedIdentityCredentials`, label);
    }
    // A page that was asked for its credentials only holds no application.
    if (kind === 'application' && !('passwordCredentials' in fields || 'displayName' in fields)) return true;
    hold(kind, { fields: withoutSecrets(fields), context, label }, key);
    return true;
  };
  return { holdings, problems: [], add };
}

function united(first: Fields, second: Fields): Fields {
  const properties = { ...objectOf(first['properties']), ...objectOf(second['properties']) };
  return { ...first, ...second, properties };
}

/** Puts what `from` holds into `into`, entities that both hold once. */
export function merge(into: Gathering, from: Gathering): void {
  for (const held of from.holdings.values()) {
    for (const { fields, context, label } of held) into.add(fields, context, label);
  }
  into.problems.push(...from.problems);
}
