import type { Observation } from '#model/record.ts';
import type { Uid } from '#model/system.ts';

/** Something that the code leaves open until it is applied, or that is not understood in it. */
export interface Unknown {
  /** The address of the resource, or the file. */
  readonly address: string;
  /** What is not known, and what follows from it, in one line. */
  readonly what: string;
}

/** What infrastructure as code changes, as rows of a snapshot. */
export interface Proposal {
  /** The rows that its resources make as they are; what is here and not in `after` goes. */
  readonly before: readonly Observation[];
  /** The rows that they make once it is applied. */
  readonly after: readonly Observation[];
  /** The identities, groups and roles that the code itself describes; all others it only names. */
  readonly owned: ReadonlySet<Uid>;
  /** Where rows come from: an address or file by the row's uid. */
  readonly sources: ReadonlyMap<Uid, string>;
  readonly unknowns: readonly Unknown[];
}

/** A proposal that changes nothing. */
export const NOTHING: Proposal = {
  before: [],
  after: [],
  owned: new Set(),
  sources: new Map(),
  unknowns: [],
};

/** Several proposals as one. */
export function merged(proposals: readonly Proposal[]): Proposal {
  return {
    before: proposals.flatMap(({ before }) => before),
    after: proposals.flatMap(({ after }) => after),
    owned: new Set(proposals.flatMap(({ owned }) => [...owned])),
    sources: new Map(proposals.flatMap(({ sources }) => [...sources])),
    unknowns: proposals.flatMap(({ unknowns }) => unknowns),
  };
}
