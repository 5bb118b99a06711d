import { fits, fitsEverything } from './pattern.ts';
import type { ResourcePatterns } from './statement.ts';

/** The one action without resources that has a resource all the same. */
export const LIST_BUCKETS = 's3:listallmybuckets';

/**
 * An action that knows no resource is asked with `*`: only a pattern that fits everything takes it in.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_actions-resources-contextkeys.html
 */
export function matchWithoutResource({ patterns, negated }: ResourcePatterns, action: string): boolean {
  // S3 asks for this one with a resource of its own, which AWS's examples use as well.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
  const asked = action === LIST_BUCKETS ? 'arn:aws:s3:::*' : null;
  const named = patterns.some(
    (pattern) => fitsEverything(pattern) || (asked !== null && fits(pattern, asked)),
  );
  return named !== negated;
}
