import { z } from 'zod';

/** The `ledger` part of the configuration. */
export const ledgerSchema = z
  .strictObject({
    key: z
      .string()
      .min(1)
      .optional()
      .describe(
        'The private key that signs entries; left out: nhi/ledger-key.pem in the folder for user settings, where it exists.',
      ),
  })
  .prefault({})
  .describe('The evidence ledger. With a key, every scan is entered.');
