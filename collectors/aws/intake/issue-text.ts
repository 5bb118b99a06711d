import type { z } from 'zod';

/** The first thing that a schema missed, with its place and without its value: `.Tags[0].Key: expected string, …`. */
export function issueText(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return ': not understood';
  const place = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return `${place}: ${issue.message.replace(/^Invalid input: /u, '')}`;
}
