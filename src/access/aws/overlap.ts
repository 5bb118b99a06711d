import type { Pattern } from './pattern.ts';

/** One place of a pattern or template: a character, or what may stand there. */
export type Unit = string | { readonly run: boolean; readonly but: string; readonly digits?: true };

export const ANY_RUN: Unit = { run: true, but: '' };
export const SEGMENT_RUN: Unit = { run: true, but: ':' };
export const DIGIT: Unit = { run: false, but: '', digits: true };

/**
 * Whether pattern and template have a text in common. With `whole`, whether the pattern fits every text of the
 * template: what is open in the template must then fall to a `*` of the pattern.
 */
export function meet(pattern: readonly Unit[], template: readonly Unit[], whole: boolean): boolean {
  const width = template.length + 1;
  const seen = new Uint8Array((pattern.length + 1) * width);
  const open: number[] = [0];
  const go = (p: number, t: number): void => {
    if (seen[p * width + t] === 0) open.push(p * width + t);
    seen[p * width + t] = 1;
  };
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const p = Math.floor(place / width);
    const t = place % width;
    const mine = pattern[p];
    const theirs = template[t];
    if (mine === undefined && theirs === undefined) return true;
    if (isRun(mine)) {
      go(p + 1, t);
      if (theirs !== undefined && (isRun(theirs) || mayStand(mine, theirs))) go(p, t + 1);
    }
    if (isRun(theirs) && !whole) {
      go(p, t + 1);
      if (mine !== undefined && !isRun(mine) && mayStand(theirs, mine)) go(p + 1, t);
    }
    if (
      mine !== undefined &&
      theirs !== undefined &&
      !isRun(mine) &&
      !isRun(theirs) &&
      mayStand(mine, theirs)
    ) {
      go(p + 1, t + 1);
    }
  }
  return false;
}

function isRun(unit: Unit | undefined): unit is Exclude<Unit, string> {
  return typeof unit === 'object' && unit.run;
}

function mayStand(one: Unit, other: Unit): boolean {
  if (typeof one === 'string') return typeof other === 'string' ? one === other : mayStand(other, one);
  if (typeof other !== 'string') return true;
  return !one.but.includes(other) && (one.digits === undefined || (other >= '0' && other <= '9'));
}

/**
 * A pattern place by place. Before the fifth colon a wildcard is taken to mean its own segment: what it could swallow
 * beyond is contrived.
 */
export function unitsOfPattern(pattern: Pattern): Unit[] {
  let colons = 0;
  return pattern.flatMap((part): Unit[] => {
    if (typeof part === 'string') {
      colons += part.split(':').length - 1;
      return Array.from(part);
    }
    if ('key' in part) return [ANY_RUN];
    return [{ run: part.wild === 'many', but: colons > 0 && colons < 5 ? ':' : '' }];
  });
}
