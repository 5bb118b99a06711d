/** Tags and labels that name an environment, the best known first, in lower case. */
const KEYS = [
  'environment',
  'env',
  'app.kubernetes.io/environment',
  'app.kubernetes.io/env',
  'stage',
  'env_type',
];

const SPELT_OUT: ReadonlyMap<string, string> = new Map([
  ['prod', 'production'],
  ['prd', 'production'],
  ['live', 'production'],
  ['stg', 'staging'],
  ['stage', 'staging'],
  ['dev', 'development'],
  ['develop', 'development'],
]);

/** The environment that tags or labels name, common short forms spelt out; null: they name none. */
export function environmentOf(labels: Readonly<Record<string, string>>): string | null {
  const said = new Map<string, string>();
  for (const [key, value] of Object.entries(labels)) {
    const name = value.trim().toLowerCase();
    if (name !== '' && !said.has(key.toLowerCase())) said.set(key.toLowerCase(), name);
  }
  const value = KEYS.map((key) => said.get(key)).find((each) => each !== undefined);
  return value === undefined ? null : (SPELT_OUT.get(value) ?? value);
}
