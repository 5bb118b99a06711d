import { z } from 'zod';
import { parseIamArn, type IamArn } from '../arn.ts';

/** Longer than any ARN that IAM gives out. */
const MAX_LENGTH = 2048;

/** The ARN of an entity of one type, taken apart. Its last part is the entity's name. */
export function entityArn(type: 'user' | 'group' | 'role' | 'policy'): z.ZodType<IamArn> {
  return z
    .string()
    .max(MAX_LENGTH)
    .transform((text, context) => {
      const arn = parseIamArn(text);
      if (arn?.type === type && arn.name !== '') return arn;
      context.addIssue(`expected the ARN of a ${type}`);
      return z.NEVER;
    });
}

/** An id that nothing depends on: null where it is no text. */
export const optionalId = z.string().nullable().catch(null);
