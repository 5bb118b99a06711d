import type { Line } from '../screen.ts';
import { item, paragraph, type Block } from './lines.ts';

/** What to do about a failure, step by step: numbers stand before their steps. */
export function remedyLines(remedy: string, block: Block): Line[] {
  return remedy
    .split('\n')
    .filter((step) => step.trim() !== '')
    .flatMap((step) => {
      const [, number, text] = /^(\d+\.) (.*)$/u.exec(step) ?? [];
      return number === undefined || text === undefined
        ? paragraph([step], block)
        : item(number, [text], block);
    });
}
