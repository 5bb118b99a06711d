import { hash } from 'node:crypto';

/** `known`: the survey saw it. `read`: its rows have been made. */
export type Mark = 'known' | 'read';

/** Marks on ARNs, in some twenty bytes each however long they are. */
export interface Marks {
  /** Sets a mark; false: it was set already. */
  readonly set: (arn: string, mark: Mark) => boolean;
  readonly has: (arn: string, mark: Mark) => boolean;
}

const BITS = { known: 1, read: 2 } as const satisfies Record<Mark, number>;
/** A power of two, as all sizes of the table are. */
const FIRST_SIZE = 1024;

/**
 * A table of fingerprints instead of texts, since an export may hold millions. Two ARNs share one of the 2^52
 * fingerprints with odds of one in a million for a hundred thousand ARNs; nobody can choose a name that does.
 */
export function createMarks(): Marks {
  let size = FIRST_SIZE;
  let prints = new Float64Array(size);
  let marks = new Uint8Array(size);
  let used = 0;

  function slotOf(print: number): number {
    let slot = print % size;
    while (prints[slot] !== 0 && prints[slot] !== print) slot = (slot + 1) % size;
    return slot;
  }

  function grow(): void {
    const old = { prints, marks };
    size *= 2;
    prints = new Float64Array(size);
    marks = new Uint8Array(size);
    old.prints.forEach((print, at) => {
      if (print === 0) return;
      const slot = slotOf(print);
      prints[slot] = print;
      marks[slot] = old.marks[at] ?? 0;
    });
  }

  return {
    set: (arn, mark) => {
      const print = fingerprint(arn);
      const slot = slotOf(print);
      const before = marks[slot] ?? 0;
      if ((before & BITS[mark]) !== 0) return false;
      prints[slot] = print;
      marks[slot] = before | BITS[mark];
      if (before === 0) used++;
      if (used * 2 > size) grow();
      return true;
    },
    has: (arn, mark) => ((marks[slotOf(fingerprint(arn))] ?? 0) & BITS[mark]) !== 0,
  };
}

/** 52 bits of a SHA-256, never 0. */
function fingerprint(text: string): number {
  return Number.parseInt(hash('sha256', text).slice(0, 13), 16) || 1;
}
