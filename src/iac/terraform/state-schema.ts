import { z } from 'zod';

const values = z.record(z.string(), z.unknown());
const index = z.union([z.string(), z.number()]).nullish();

/** A resource in what `terraform show -json` prints of a state. */
export const shownResourceSchema = z.object({
  address: z.string().min(1),
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  index,
  provider_name: z.string().nullish(),
  values: values.nullish(),
});

/** A module of it; the resources and the modules in it are looked at one by one. */
export const shownModuleSchema = z.object({
  address: z.string().nullish(),
  resources: z.array(z.unknown()).max(200_000).default([]),
  child_modules: z.array(z.unknown()).max(20_000).default([]),
});

/** What `terraform show -json` prints of a state: https://developer.hashicorp.com/terraform/internals/json-format. */
export const shownSchema = z.object({
  format_version: z.string().regex(/^[01]\./u, 'expected version 0 or 1 of the format'),
  values: z.object({ root_module: z.unknown() }).nullish(),
});

/** A resource of a state as Terraform keeps it. */
export const keptResourceSchema = z.object({
  module: z.string().nullish(),
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  provider: z.string().nullish(),
  instances: z.array(
    z.object({
      index_key: index,
      /** What is to be destroyed and is kept until then: it is nobody's intent. */
      deposed: z.string().nullish(),
      attributes: values.nullish(),
    }),
  ),
});

/** The state as Terraform keeps it, `terraform.tfstate` or what `terraform state pull` prints. */
export const keptSchema = z.object({
  version: z.literal(4, 'expected version 4 of the state'),
  resources: z.array(z.unknown()).max(200_000).default([]),
});
