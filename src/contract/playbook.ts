/** What to do about a finding, step by step: a file of `playbooks/`. */
export interface Playbook {
  readonly id: string;
  readonly title: string;
  /** What it is for and what it leaves to people. */
  readonly about: string;
  /** `identity`: everything of the identity. `subject`: only the credential, grant or trust that a finding names. */
  readonly scope: 'identity' | 'subject';
  /**
   * Actions by id, in order, of every system that it can act in. One is a step for each row that it is for. Empty: it is
   * for people alone, and `about` says what they do.
   */
  readonly steps: readonly string[];
}
