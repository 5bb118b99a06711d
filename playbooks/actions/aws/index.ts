import type { Action } from '#contract/action.ts';
import { deactivateAccessKey } from './deactivate-access-key.ts';
import { deleteAccessKey } from './delete-access-key.ts';

/** Everything that can be done in AWS. */
export const awsActions: readonly Action[] = [deactivateAccessKey, deleteAccessKey];
