import { relative } from 'node:path';
import { SYSTEMS } from '#model/system.ts';
import type { Io } from '../io.ts';
import { paintFor } from '../terminal/colour.ts';
import { sanitise } from '../terminal/sanitise.ts';
import type { FoundFiles, FoundTargets, Remark, TargetInput } from './found.ts';

/** What `nhi init` did. */
export interface InitStory {
  /** The file's name as the user gave it. */
  readonly written: string;
  readonly found: FoundTargets;
  readonly files: readonly FoundFiles[];
}

/** What was found and what was not, where it was written, and what to run next. */
export function initStory({ written, found, files }: InitStory, color: boolean, io: Io): string {
  const { bold, dim } = paintFor(io, 'stdout', color);
  const rows = [
    ...found.targets.map((target) => ({ what: target.system, detail: targetText(target) })),
    ...contexts(found),
    ...files.flatMap((each) => fileRemarks(each, io.cwd)),
    ...found.remarks,
    ...files.flatMap(({ remarks }) => remarks),
  ];
  const known = [
    ...rows.map(({ what }) => what),
    ...files.flatMap(({ exports }) => exports.flatMap(({ systems }) => systems)),
  ];
  const missing = SYSTEMS.filter((system) => !known.includes(system));
  const steps = nextSteps({ written, found, files }, io.cwd);
  const width = Math.max(...steps.map(([command]) => command.length));
  return [
    ...rows.map(({ what, detail }) => `${bold(what.padEnd(11))} ${sanitise(detail)}\n`),
    missing.length === 0 ? '' : `${bold('not found'.padEnd(11))} ${missing.join(', ')}\n`,
    `\nWrote ${sanitise(written)}. Next:\n\n`,
    ...steps.map(([command, why]) => `  ${sanitise(command).padEnd(width)}  ${dim(why)}\n`),
  ].join('');
}

function targetText(target: TargetInput): string {
  switch (target.system) {
    case 'aws':
      return typeof target.profile === 'string'
        ? `profile ${target.profile}`
        : 'credentials in the environment';
    case 'azure':
      return typeof target.tenant === 'string'
        ? `tenant ${target.tenant}`
        : 'credentials of az or of the environment';
    case 'gcp':
      return Array.isArray(target.projects) ? `project ${target.projects.join(', ')}` : 'all projects';
    case 'kubernetes':
      return target.inCluster === true ? 'the cluster of this pod' : `context ${target.context ?? ''}`;
  }
}

function contexts({ spare }: FoundTargets): Remark[] {
  const names = spare.map((target) => (target.system === 'kubernetes' ? target.context : null) ?? '');
  return names.length === 0
    ? []
    : [{ what: 'kubernetes', detail: `other contexts, switched off in the file: ${names.join(', ')}` }];
}

function fileRemarks(files: FoundFiles, cwd: string): Remark[] {
  const row = (what: string, path: string, more = ''): Remark => ({
    what,
    detail: `${relative(cwd, path) || '.'}${more}`,
  });
  return [
    ...files.exports.map(({ path, systems }) => row('exports', path, ` (${systems.join(', ')})`)),
    ...[...files.codeowners, ...files.backstage, ...files.registry].map((path) => row('owners', path)),
    ...files.terraform.map((path) => row('terraform', path)),
    ...files.manifests.map((path) => row('manifests', path, ': what is meant to be, and no export')),
  ];
}

/** A command and what it does. */
type Step = readonly [command: string, why: string];

function nextSteps({ written, found, files }: InitStory, cwd: string): Step[] {
  const own = written === 'nhi.yaml' ? '' : ` --config ${quoted(written)}`;
  const systems = [...new Set(found.targets.map(({ system }) => system))];
  const isReady = systems.length > 0 || files.some(({ exports }) => exports.length > 0);
  const [manifests] = files.flatMap((each) => each.manifests);
  const steps: Step[] = [
    ...systems.map((system): Step => [
      `nhi permissions ${system}${own}`,
      'the least rights that reading it takes',
    ]),
    [`nhi doctor${own}`, 'is everything there, and permitted'],
    isReady
      ? [`nhi scan${own}`, 'take the inventory']
      : [
          `nhi scan --import PATH${own}`,
          'nothing to read was found: export it, docs/quick-start.md says how',
        ],
    [`nhi findings --severity critical,high${own}`, 'what is wrong, worst first'],
  ];
  if (files.some(({ terraform }) => terraform.length > 0)) {
    steps.push([`nhi gate --plan tfplan.json${own}`, 'what a Terraform plan would give to whom']);
  }
  if (manifests !== undefined) {
    const folder = quoted(relative(cwd, manifests) || '.');
    steps.push([`nhi gate --manifests ${folder}${own}`, 'what manifests would give to whom']);
  }
  return steps;
}

/** A path as a shell takes it for one word. */
function quoted(path: string): string {
  return /^[\w./-]+$/u.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
