/** What the rows of one entity take from others. */
export interface Knowledge {
  readonly tenant: string;
  readonly kinds: ReadonlyMap<string, string>;
  /** The template of each directory role, by the role's id. */
  readonly templateOf: ReadonlyMap<string, string>;
  /** The service principals of applications, by application id. */
  readonly principalOfApp: ReadonlyMap<string, string>;
  readonly home: { readonly system: 'azure'; readonly scopeUid: string };
}
