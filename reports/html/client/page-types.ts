/*
 * What the script uses of a browser, and no more: the project's types are Node's, and the whole DOM library would let
 * every other file name `document` or `name` by mistake.
 */

export interface PageEvent {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly target: PageElement | null;
  readonly preventDefault: () => void;
}

export interface PageElement {
  readonly tagName: string;
  readonly isConnected: boolean;
  readonly dataset: Record<string, string | undefined>;
  hidden: boolean;
  disabled: boolean;
  textContent: string | null;
  /** Of controls. */
  name: string;
  value: string;
  type: string;
  checked: boolean;
  readonly append: (...nodes: (PageElement | string)[]) => void;
  readonly after: (...nodes: (PageElement | string)[]) => void;
  readonly replaceChildren: (...nodes: (PageElement | string)[]) => void;
  readonly remove: () => void;
  readonly setAttribute: (name: string, value: string) => void;
  readonly getAttribute: (name: string) => string | null;
  readonly removeAttribute: (name: string) => void;
  readonly closest: (selector: string) => PageElement | null;
  readonly querySelector: (selector: string) => PageElement | null;
  readonly querySelectorAll: (selector: string) => Iterable<PageElement>;
  readonly focus: (options?: { readonly preventScroll?: boolean }) => void;
  readonly addEventListener: (type: string, listener: (event: PageEvent) => void) => void;
}

export interface PageDocument {
  title: string;
  readonly documentElement: PageElement;
  readonly body: PageElement;
  readonly activeElement: PageElement | null;
  readonly createElement: (tag: string) => PageElement;
  readonly querySelector: (selector: string) => PageElement | null;
  readonly querySelectorAll: (selector: string) => Iterable<PageElement>;
  readonly addEventListener: (type: string, listener: (event: PageEvent) => void) => void;
}

export interface PageWindow {
  readonly document: PageDocument;
  readonly location: { hash: string };
  readonly history: { readonly replaceState: (state: null, unused: string, url: string) => void };
  readonly scrollTo: (x: number, y: number) => void;
  readonly addEventListener: (type: string, listener: () => void) => void;
}
