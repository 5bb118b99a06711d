/** A page of one of IAM's lists. */
interface Page {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

/** More pages than any of these lists can have. */
const MOST = 1000;

/** Everything that a list of IAM has, page after page. */
export async function allPages<P extends Page, T>(
  ask: (marker: { readonly Marker?: string }) => Promise<P>,
  itemsOf: (page: P) => readonly T[] | undefined,
): Promise<T[]> {
  const items: T[] = [];
  let marker: { readonly Marker?: string } = {};
  for (let pages = 0; pages < MOST; pages++) {
    const page = await ask(marker);
    items.push(...(itemsOf(page) ?? []));
    if (page.IsTruncated !== true || page.Marker === undefined) return items;
    marker = { Marker: page.Marker };
  }
  throw new Error('a list of IAM does not end');
}
