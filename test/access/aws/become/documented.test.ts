import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DOCUMENTED_WAYS } from './documented-ways.ts';
import { waysOf } from './estate.ts';
import { scenarios } from './scenarios.ts';

const FILE = join(process.cwd(), '../shared/data/aws/escalation-paths.json');
const catalogue = scenarios();

describe.each([...catalogue])('%s', (via, { from, to, permissions, world, lacking, isConditional }) => {
  it(`is found with ${permissions.join(' and ')}`, () => {
    expect(waysOf(world(permissions), from, to)).toContain(isConditional ? `${via} (conditional)` : via);
  });

  it.each(permissions)('is not found without %s', (missing) => {
    const others = permissions.filter((permission) => permission !== missing);
    expect(waysOf(world(others), from, to).map(technique)).not.toContain(via);
  });

  it('is not found where what the permissions are used on is not there', () => {
    expect(waysOf(lacking, from, to).map(technique)).not.toContain(via);
  });
});

describe('the documented ways', () => {
  it('have a technique with a scenario each', () => {
    expect(Object.values(DOCUMENTED_WAYS).filter((via) => !catalogue.has(via))).toEqual([]);
  });

  it.skipIf(!existsSync(FILE))(
    'are all in the table, with the permissions that they need (needs ../shared/data)',
    () => {
      const documented = z
        .array(
          z.object({
            id: z.string(),
            permissions: z.object({ required: z.array(z.object({ permission: z.string() })) }),
          }),
        )
        .parse(JSON.parse(readFileSync(FILE, 'utf8')));
      const ours = documented.map(({ id }) => [
        id,
        catalogue.get(DOCUMENTED_WAYS[id] ?? '')?.permissions.toSorted(),
      ]);
      expect(ours).toEqual(
        documented.map(({ id, permissions }) => [
          id,
          permissions.required.map(({ permission }) => permission).toSorted(),
        ]),
      );
      expect(documented).toHaveLength(Object.keys(DOCUMENTED_WAYS).length);
    },
  );
});

function technique(way: string): string {
  return way.replace(' (conditional)', '');
}
