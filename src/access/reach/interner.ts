import { at } from './adjacency.ts';

/** Gives things numbers from 0, the same number to the same name. */
interface Interner<Thing> {
  readonly numberFor: (thing: Thing) => number;
  /** The thing that has this number. */
  readonly thingOf: (number: number) => Thing;
  /**
   * The things in the order of their names, the new number of each old one, and the names' new numbers. The interner
   * is used up.
   */
  readonly finish: () => {
    readonly things: readonly Thing[];
    readonly rank: Uint32Array;
    readonly numberOf: ReadonlyMap<string, number>;
  };
}

/** An empty interner over the names that `nameOf` gives. */
export function interner<Thing>(nameOf: (thing: Thing) => string): Interner<Thing> {
  const numbers = new Map<string, number>();
  const things: Thing[] = [];
  return {
    numberFor: (thing) => {
      const name = nameOf(thing);
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, things.length);
      things.push(thing);
      return things.length - 1;
    },
    thingOf: (number) => {
      const thing = things[number];
      if (thing === undefined) throw new Error(`Nothing has the number ${number}.`);
      return thing;
    },
    finish: () => {
      const rank = new Uint32Array(things.length);
      const sorted: Thing[] = [];
      for (const name of [...numbers.keys()].toSorted()) {
        const old = numbers.get(name);
        const thing = old === undefined ? undefined : things[old];
        if (old === undefined || thing === undefined) throw new Error(`No thing is called ${name}.`);
        rank[old] = sorted.length;
        numbers.set(name, sorted.length);
        sorted.push(thing);
      }
      return { things: sorted, rank, numberOf: numbers };
    },
  };
}

/** Replaces every number by its new one. */
export function renumber(chunk: Uint32Array, rank: Uint32Array): void {
  for (let index = 0; index < chunk.length; index += 1) chunk[index] = at(rank, at(chunk, index));
}
