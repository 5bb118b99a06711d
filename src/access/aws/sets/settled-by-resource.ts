import { awsActionCount, awsServices } from '#catalogue/aws/actions.ts';
import { needsResourcePolicy } from '../evaluation.ts';
import { keepNumbers, type SetPart } from './set-part.ts';

let known: SetPart | undefined;

/** The actions that no identity policy can allow alone: see `needsResourcePolicy`. */
export function settledByResource(): SetPart {
  return (known ??= keepNumbers(['sts', 'kms'].flatMap(settledOf), awsActionCount() + 1));
}

function settledOf(prefix: string): number[] {
  const { first = 0, names = [] } = awsServices().get(prefix) ?? {};
  return names.flatMap((name, index) => {
    const action = `${prefix}:${name.toLowerCase()}`;
    return needsResourcePolicy({ action, number: first + index, resource: null }) ? [first + index] : [];
  });
}
