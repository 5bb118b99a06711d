/**
 * IAM is eventually consistent: changes reach all Regions after a while that AWS puts no number on. A minute is what it
 * takes in practice, and a look that comes too early finds access that is about to go, never the other way round.
 */
export const IAM_SETTLES = {
  seconds: 60,
  source:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency',
} as const;
