import type { z } from 'zod';
import { ConfigError } from '#model/errors.ts';
import { checked, readJsonFile } from './json-file.ts';
import { planSchema, resourceChangeSchema, type ConfigModule, type Values } from './plan-schema.ts';

/** One resource of a plan. */
export interface PlannedResource {
  /** As Terraform prints it: `module.app["eu"].aws_iam_role.ci[0]`. */
  readonly address: string;
  /** The address of its module, '' for the root. */
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly index: string | number | null;
  /** null: it is not there. */
  readonly before: Values | null;
  /** null: it will not be there. What is known only after applying is missing here. */
  readonly after: Values | null;
  /** By attribute, true or a structure with true in it where the value is known only after applying. */
  readonly unknown: Values;
  /** The key of the provider's configuration where the file itself tells it; else the configuration may. */
  readonly provider?: string | undefined;
}

export interface Plan {
  readonly file: string;
  readonly resources: readonly PlannedResource[];
  readonly configuration: ConfigModule;
}

/**
 * Reads what `terraform show -json` printed of a plan. Throws ConfigError that names file and address where it is
 * anything else: half a plan is never judged.
 */
export async function readPlan(path: string, file: string): Promise<Plan> {
  const plan = checked(planSchema, await readJsonFile(path, file, HINT), file, HINT);
  if (plan.errored === true) {
    throw new ConfigError(`${file}: Terraform did not finish this plan`, {
      hint: 'Correct what terraform plan complains about, and plan again.',
    });
  }
  const resources = plan.resource_changes.map((change, at) => {
    const address = addressOf(change) ?? `resource_changes[${at}]`;
    return resourceOf(checked(resourceChangeSchema, change, `${file}: ${address}`, HINT));
  });
  return {
    file,
    resources: resources.filter((resource) => resource !== null),
    configuration: plan.configuration?.root_module ?? {},
  };
}

const HINT = 'Write it with: terraform plan -out tfplan && terraform show -json tfplan > tfplan.json';

function addressOf(change: unknown): string | null {
  if (typeof change !== 'object' || change === null || !('address' in change)) return null;
  return typeof change.address === 'string' ? change.address : null;
}

/** null: a data source, or one that Terraform forgets and leaves as it is. */
function resourceOf(entry: z.output<typeof resourceChangeSchema>): PlannedResource | null {
  const { address, module_address, mode, type, name, index, change } = entry;
  const { actions, before, after, after_unknown } = change;
  if (mode !== 'managed' || actions.includes('forget')) return null;
  return {
    address,
    module: module_address ?? '',
    type,
    name,
    index: index ?? null,
    before: before ?? null,
    after: after ?? null,
    unknown: after_unknown ?? {},
  };
}
