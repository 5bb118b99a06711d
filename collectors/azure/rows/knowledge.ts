import type { Instant } from '#model/system.ts';
import type { ResourceTags } from './resource-tags.ts';

/** What the rows of one entity take from others. */
export interface Knowledge {
  readonly tenant: string;
  readonly kinds: ReadonlyMap<string, string>;
  /** The template of each directory role, by the role's id. */
  readonly templateOf: ReadonlyMap<string, string>;
  /** The service principals of applications, by application id. */
  readonly principalOfApp: ReadonlyMap<string, string>;
  /** What the tags of a resource say, by its ARM id. */
  readonly tagsOf: (id: string) => ResourceTags;
  /** When secrets and certificates were last used, by the credential's uid. */
  readonly lastUses: ReadonlyMap<string, Instant>;
  readonly home: { readonly system: 'azure'; readonly scopeUid: string };
}
