import { listOf, type Fields } from './fields.ts';

/** The object without the values of secrets and keys, which replies to their creation hold. */
export function withoutSecrets(fields: Fields): Fields {
  const kept: Record<string, Fields[string]> = { ...fields };
  for (const list of ['passwordCredentials', 'keyCredentials']) {
    if (list in fields)
      kept[list] = listOf(fields, list).map(({ secretText: _secret, key: _key, ...rest }) => rest);
  }
  return kept;
}
