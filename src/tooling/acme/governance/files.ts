import { catalogue, codeOwners, peopleCsv, registry } from './owners.ts';
import { waivers } from './waivers.ts';

/** What Acme keeps beside the exports: its waivers, and who answers for what; by path. */
export function governanceFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['waivers.yaml', waivers()],
    ['governance/people.csv', peopleCsv()],
    ['governance/nhi-registry.yaml', registry()],
    ['governance/CODEOWNERS', codeOwners()],
    ['governance/catalog-info.yaml', catalogue()],
  ]);
}
