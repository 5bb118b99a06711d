/** Kinds of lists that can be empty, by what a file is called that holds nothing else to know them by. */
export const LISTS = [
  'iam-policy',
  'deny-policies',
  'access-boundaries',
  'boundary-bindings',
  'access-policies',
  'service-accounts',
  'keys',
  'api-keys',
  'hmac-keys',
  'roles',
  'workload-identity-pools',
  'activities',
] as const;

export type ListName = (typeof LISTS)[number];

/**
 * What a file's or folder's name says its content is about, for exports that do not say it themselves:
 * `projects_shop.iam-policy.json`, `folders_12…`, `organizations_34…`, `app@shop.iam.gserviceaccount.com…`. The full
 * resource name; null: nothing.
 */
export function resourceInName(name: string): string | null {
  const email = /[a-z\d.-]+@[a-z\d.-]*gserviceaccount\.com/iu.exec(name)?.[0];
  if (email !== undefined)
    return `//iam.googleapis.com/projects/-/serviceAccounts/${email.replace(/^[.-]+/u, '').toLowerCase()}`;
  const scope = /(?:^|[/._-])(projects|folders|organizations)_([a-z\d-]+)/u.exec(name);
  return scope === null ? null : `//cloudresourcemanager.googleapis.com/${scope[1] ?? ''}/${scope[2] ?? ''}`;
}

/** Which list an empty file is, by its name; null: it does not say. */
export function listInName(name: string): ListName | null {
  const words = name.toLowerCase();
  // The longest first: `api-keys` holds `keys`.
  const sorted = LISTS.toSorted((a, b) => b.length - a.length);
  return sorted.find((list) => words.includes(`.${list}.`) || words.endsWith(`.${list}`)) ?? null;
}

/** The file's own name, without folders. */
export function baseName(label: string): string {
  return label.slice(label.lastIndexOf('/') + 1);
}
