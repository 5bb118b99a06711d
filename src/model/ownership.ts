/** What files say about who answers for what, before it is joined to identities. */
export interface OwnerSources {
  /** Keys of tags that name an owner, beside the usual ones. */
  readonly keys: readonly string[];
  readonly registry: readonly RegistryEntry[];
  readonly catalogue: readonly CatalogueEntity[];
  readonly codeowners: readonly Codeowners[];
  /** Who exists; null: no such source was given, so that nobody can be missed. */
  readonly people: People | null;
}

/** No files at all. */
export const NO_OWNER_SOURCES: OwnerSources = {
  keys: [],
  registry: [],
  catalogue: [],
  codeowners: [],
  people: null,
};

/** One entry of the registry of record. */
export interface RegistryEntry {
  /** A uid, or a pattern of one in which `*` stands for any text. */
  readonly identity: string;
  readonly owner: string;
  readonly backupOwner: string | null;
  /** The last day, as `2026-11-20`, on which the entry vouches for its owners; null: no end. */
  readonly vouchesUntil: string | null;
}

/** An entity of a Backstage catalogue that has an owner. */
export interface CatalogueEntity {
  readonly name: string;
  /** As written: `team-a`, `group:default/team-a`, `user:default/jane`. */
  readonly owner: string;
  /** Annotations of the entity, from key to value. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** One CODEOWNERS file: the last rule that matches a path decides, and it may name nobody. */
export interface Codeowners {
  readonly rules: readonly { readonly pattern: string; readonly owners: readonly string[] }[];
  /** The path of an identity that does not say where it was declared, with `{name}` and the like; null: it has none. */
  readonly path: string | null;
}

/** The people and teams that an authoritative source knows. */
export interface People {
  readonly persons: readonly Person[];
  readonly teams: readonly Team[];
}

/** Somebody, under every name that may stand for them. */
export interface Person {
  readonly aliases: readonly string[];
  readonly active: boolean;
}

/** A team, under every name that may stand for it. */
export interface Team {
  readonly aliases: readonly string[];
  /** How many of its members are active. */
  readonly activeMembers: number;
}
