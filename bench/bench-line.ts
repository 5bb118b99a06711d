/** One measured number with the limit that it is held to. */
export interface BenchLine {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  /** Whether the value must be at least (`higher`) or at most (`lower`) the limit. */
  readonly better: 'higher' | 'lower';
  /** For people: `×`, `s`, `MB`. */
  readonly unit: string;
}
