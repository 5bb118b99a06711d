import type { Owner } from '#model/owner.ts';
import type { Tone } from '../screen.ts';

/** What the state of an owner means, for people. */
export const OWNER_WORDS: Readonly<Record<Owner['state'], { readonly word: string; readonly tone: Tone }>> = {
  declared: { word: 'declared', tone: 'good' },
  corroborated: { word: 'two sources agree', tone: 'good' },
  inferred: { word: 'inferred, not confirmed', tone: 'warning' },
  conflicting: { word: 'sources contradict each other', tone: 'warning' },
  orphaned: { word: 'known to nobody', tone: 'bad' },
  'owner-left': { word: 'has left', tone: 'bad' },
};
