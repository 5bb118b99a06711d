import { z } from 'zod';

/** The attributes of a resource, in the provider's own form. */
export type Values = Readonly<Record<string, unknown>>;

const values = z.record(z.string(), z.unknown());

const changeSchema = z.object({
  actions: z.array(z.string()).min(1),
  before: values.nullish(),
  after: values.nullish(),
  after_unknown: values.nullish().catch(null),
});

export const resourceChangeSchema = z.object({
  address: z.string().min(1),
  module_address: z.string().nullish(),
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  index: z.union([z.string(), z.number()]).nullish(),
  change: changeSchema,
});

/** A module of the configuration: what its resources' attributes are written as. */
export interface ConfigModule {
  readonly resources?: readonly ConfigResource[] | undefined;
  readonly outputs?: Readonly<Record<string, { readonly expression?: unknown }>> | undefined;
  readonly module_calls?: Readonly<Record<string, ConfigCall>> | undefined;
}

export interface ConfigResource {
  readonly address: string;
  readonly provider_config_key?: string | undefined;
  readonly expressions?: Values | undefined;
}

export interface ConfigCall {
  readonly expressions?: Values | undefined;
  readonly module?: ConfigModule | undefined;
}

const configModule: z.ZodType<ConfigModule> = z.lazy(() =>
  z.object({
    resources: z
      .array(
        z.object({
          address: z.string(),
          provider_config_key: z.string().optional(),
          expressions: values.optional(),
        }),
      )
      .optional(),
    outputs: z.record(z.string(), z.object({ expression: z.unknown() })).optional(),
    module_calls: z
      .record(z.string(), z.object({ expressions: values.optional(), module: configModule.optional() }))
      .optional(),
  }),
);

/** What `terraform show -json` prints of a plan: https://developer.hashicorp.com/terraform/internals/json-format. */
export const planSchema = z.object({
  format_version: z.string().regex(/^[01]\./u, 'expected version 0 or 1 of the format'),
  resource_changes: z.array(z.unknown()).max(200_000).default([]),
  configuration: z.object({ root_module: configModule.optional() }).nullish(),
  errored: z.boolean().optional(),
});
