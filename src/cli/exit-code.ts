/** What the process says to its caller. docs/commands.md lists them for users. */
export const EXIT = {
  fine: 0,
  gateFailed: 1,
  usage: 2,
  incomplete: 3,
  waiverExpired: 4,
  notProved: 5,
  ledgerBroken: 6,
  bug: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
