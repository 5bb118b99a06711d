import type { z } from 'zod';
import { ConfigError } from '#model/errors.ts';
import { checked, readJsonFile } from './json-file.ts';
import type { Values } from './plan-schema.ts';
import type { Plan, PlannedResource } from './read-plan.ts';
import {
  keptResourceSchema,
  keptSchema,
  shownModuleSchema,
  shownResourceSchema,
  shownSchema,
} from './state-schema.ts';

const HINT =
  'Write it with: terraform show -json > state.json (or terraform state pull), which needs Terraform 0.12 or later.';

const MAX_MODULE_DEPTH = 100;

/**
 * Reads a Terraform state as a plan that has everything in it made: what `terraform show -json` printed, or the state
 * itself. Throws ConfigError that names file and address where it is anything else: half a state approves nothing.
 */
export async function readState(path: string, file: string): Promise<Plan> {
  const state = await readJsonFile(path, file, HINT);
  const has = (key: string) => typeof state === 'object' && state !== null && Object.hasOwn(state, key);
  if (has('resource_changes')) {
    throw new ConfigError(`${file}: a plan of Terraform, not a state`, {
      hint: 'A plan is judged before it is applied with nhi gate --plan. What was approved and applied is in the state.',
    });
  }
  const resources = has('format_version') ? shownResources(state, file) : keptResources(state, file);
  return { file, resources: resources.map(withoutReadBack), configuration: {} };
}

function shownResources(state: unknown, file: string): PlannedResource[] {
  const { values } = checked(shownSchema, state, file, HINT);
  const found: PlannedResource[] = [];
  const waiting: { module: unknown; depth: number }[] = [{ module: values?.root_module ?? {}, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { module, depth } = next;
    if (depth > MAX_MODULE_DEPTH)
      throw new ConfigError(`${file}: modules deeper than ${MAX_MODULE_DEPTH}`, { hint: HINT });
    const { address, resources, child_modules: children } = checked(shownModuleSchema, module, file, HINT);
    for (const [at, each] of resources.entries()) {
      const place = `${file}: ${address ?? 'root module'}: resources[${at}]`;
      const resource = checked(shownResourceSchema, each, place, HINT);
      if (resource.mode !== 'managed') continue;
      found.push(resourceOf(resource, resource.address, address, resource.index, resource.values));
    }
    waiting.push(...children.map((child) => ({ module: child, depth: depth + 1 })));
  }
  return found;
}

function keptResources(state: unknown, file: string): PlannedResource[] {
  return checked(keptSchema, state, file, HINT).resources.flatMap((each, at) => {
    const resource = checked(keptResourceSchema, each, `${file}: resources[${at}]`, HINT);
    if (resource.mode !== 'managed') return [];
    return resource.instances
      .filter(({ deposed }) => deposed === undefined || deposed === null)
      .map(({ index_key: index, attributes }) => ({
        ...resourceOf(resource, addressOf(resource, index), resource.module, index, attributes),
        provider: resource.provider ?? undefined,
      }));
  });
}

function addressOf(
  { module, type, name }: z.output<typeof keptResourceSchema>,
  index: string | number | null | undefined,
): string {
  const key = index === undefined || index === null ? '' : `[${JSON.stringify(index)}]`;
  return `${module === undefined || module === null ? '' : `${module}.`}${type}.${name}${key}`;
}

function resourceOf(
  { type, name }: { readonly type: string; readonly name: string },
  address: string,
  module: string | null | undefined,
  index: string | number | null | undefined,
  values: Values | null | undefined,
): PlannedResource {
  return {
    address,
    module: module ?? '',
    type,
    name,
    index: index ?? null,
    before: null,
    after: values ?? {},
    unknown: {},
  };
}

/**
 * A role's lists of policies are read back from AWS on every refresh, so that they hold whatever anybody attached: only
 * the resources that attach are an intent.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role
 */
const READ_BACK: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: ['managed_policy_arns', 'inline_policy'],
};

function withoutReadBack(resource: PlannedResource): PlannedResource {
  const names = READ_BACK[resource.type];
  if (names === undefined || resource.after === null) return resource;
  const kept = Object.entries(resource.after).filter(([name]) => !names.includes(name));
  return { ...resource, after: Object.fromEntries(kept) };
}
