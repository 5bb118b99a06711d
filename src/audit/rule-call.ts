/** What the `call` of a coverage row says where it is about the run of a rule. */
export function ruleCall(ruleId: string): string {
  return `rule ${ruleId}`;
}
