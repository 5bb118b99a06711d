import published from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { z } from 'zod';

/**
 * The published schema of SARIF 2.1.0. zod takes relative addresses for broken ones; that they are addresses is a test of
 * its own.
 */
export const sarifSchema = z.fromJSONSchema(
  JSON.parse(JSON.stringify(published), (key, value: unknown) =>
    key === 'format' && value === 'uri-reference' ? undefined : value,
  ),
);
