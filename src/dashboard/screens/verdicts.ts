import type { Tone } from '../screen.ts';

/** The verdict of a revocation in words; null: it was never verified, which proves nothing. */
export function verdictText(verdict: string | null): string {
  return verdict ?? 'not verified';
}

/** Only what is proved is good. */
export function verdictTone(verdict: string | null): Tone {
  if (verdict === 'proved') return 'good';
  return verdict === 'not-proved' || verdict === 'regressed' ? 'bad' : 'warning';
}
