import { kubernetesAccess } from '#access/kubernetes/index.ts';
import type { Json } from '#model/system.ts';
import { type Estate, estateRecords } from '#test/access/kubernetes/estate.ts';
import { describeTruthTables } from '#test/access/truth-table.ts';

describeTruthTables({
  system: 'kubernetes',
  folder: 'test/access/kubernetes',
  atLeast: 80,
  documentation: ['https://kubernetes.io/docs/'],
  records: (given) => estateRecords(asEstate(given)),
  access: kubernetesAccess,
});

const KEYS = new Set(['roles', 'bindings', 'serviceAccounts', 'members', 'missing']);

function asEstate(given: Json): Estate {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new Error('no estate');
  const unknown = Object.keys(given).filter((key) => !KEYS.has(key));
  if (unknown.length > 0) throw new Error(`An estate has no ${unknown.join(', ')}.`);
  // The keys are an estate's; what is under them is written by hand beside this file.
  return given as Estate;
}
