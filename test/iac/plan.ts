/** One resource of a plan in Terraform's own form, with what its module writes for it. */
export interface PlanPart {
  readonly type: string;
  readonly name: string;
  readonly before?: object | null;
  readonly after?: object | null;
  readonly unknown?: object;
  /** Expressions of the configuration, by attribute: the references. */
  readonly references?: Readonly<Record<string, readonly string[]>>;
}

/** A plan as `terraform show -json` prints it. */
export function planJson(parts: readonly PlanPart[]): string {
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.9.8',
    planned_values: { root_module: {} },
    resource_changes: parts.map(({ type, name, before = null, after = null, unknown = {} }) => ({
      address: `${type}.${name}`,
      mode: 'managed',
      type,
      name,
      provider_name: `registry.terraform.io/hashicorp/${type.split('_')[0] ?? ''}`,
      change: {
        actions: actionsOf(before, after),
        before,
        after,
        after_unknown: unknown,
        before_sensitive: {},
        after_sensitive: {},
      },
    })),
    configuration: {
      provider_config: {},
      root_module: {
        resources: parts.map(({ type, name, references = {} }) => ({
          address: `${type}.${name}`,
          mode: 'managed',
          type,
          name,
          provider_config_key: type.split('_')[0],
          expressions: Object.fromEntries(
            Object.entries(references).map(([attribute, all]) => [attribute, { references: all }]),
          ),
        })),
      },
    },
  });
}

function actionsOf(before: object | null, after: object | null): string[] {
  if (before === null) return ['create'];
  if (after === null) return ['delete'];
  return JSON.stringify(before) === JSON.stringify(after) ? ['no-op'] : ['update'];
}

/** A policy document as text, with one statement for each list of actions. */
export function policyText(...statements: readonly (readonly string[])[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((Action) => ({ Effect: 'Allow', Action, Resource: '*' })),
  });
}
