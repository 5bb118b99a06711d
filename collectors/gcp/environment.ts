/** Labels that name an environment, the best known first. */
const KEYS = ['environment', 'env', 'stage', 'env_type'];

const SPELT_OUT: ReadonlyMap<string, string> = new Map([
  ['prod', 'production'],
  ['prd', 'production'],
  ['live', 'production'],
  ['stg', 'staging'],
  ['stage', 'staging'],
  ['dev', 'development'],
  ['develop', 'development'],
]);

/** The environment that labels name, common short forms spelt out; null: they name none. */
export function environmentOf(labels: Readonly<Record<string, string>>): string | null {
  for (const key of KEYS) {
    const value = Object.hasOwn(labels, key) ? (labels[key] ?? '').trim().toLowerCase() : '';
    if (value !== '') return SPELT_OUT.get(value) ?? value;
  }
  return null;
}
