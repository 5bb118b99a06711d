/** What a rule's question is to a control's: the words of NIST IR 8477, read from the rule to the control. */
export const RELATIONS = ['equal', 'subset', 'superset', 'intersects'] as const;

export type Relation = (typeof RELATIONS)[number];

/** A rule that speaks to a control. */
export interface ControlRule {
  readonly ruleId: string;
  readonly relation: Relation;
  /** Why the rule speaks to the control, in a few words. */
  readonly rationale: string;
}

/** A control of a framework with a short title of our own; no text of the framework itself. */
export interface Control {
  readonly id: string;
  readonly title: string;
  /** Empty: no rule can measure it. */
  readonly rules: readonly ControlRule[];
}

/** A framework in one version: which rules speak to which of its controls. */
export interface Framework {
  /** The name of its file without the ending: `cis-aws-7.0`. */
  readonly id: string;
  readonly title: string;
  readonly version: string;
  /** Where to read the framework itself. */
  readonly source: string;
  readonly controls: readonly Control[];
}

/** From worst to best. `not-measured`: no rule speaks to it, or none of them had anything to judge; never a pass. */
export const CONTROL_STATUSES = ['fail', 'unknown', 'not-measured', 'pass'] as const;

export type ControlStatus = (typeof CONTROL_STATUSES)[number];

/** How many subjects passed, failed and could not be decided; `waived` are those of the failed that a waiver covers. */
export interface Answers {
  readonly status: ControlStatus;
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
  readonly waived: number;
}

/** A rule of a control with its answers. */
export interface ControlRuleResult extends ControlRule, Answers {}

/** A control with the answers of its rules, one by one and together. */
export interface ControlResult extends Answers {
  readonly id: string;
  readonly title: string;
  readonly rules: readonly ControlRuleResult[];
}

/** A snapshot's answers by the controls of a framework. */
export interface FrameworkResult extends Omit<Framework, 'controls'> {
  readonly controls: readonly ControlResult[];
}
