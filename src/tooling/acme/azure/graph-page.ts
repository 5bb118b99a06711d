/** One page as Microsoft Graph answers; `of` is what its context names. */
export function graphPage(of: string, value: readonly object[], version: 'v1.0' | 'beta' = 'v1.0'): object {
  return { '@odata.context': `https://graph.microsoft.com/${version}/$metadata#${of}`, value };
}
