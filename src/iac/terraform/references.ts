import type { ConfigModule, ConfigResource } from './plan-schema.ts';
import type { Plan, PlannedResource } from './read-plan.ts';

/** An attribute of a resource that an expression refers to. */
export interface Reference {
  readonly resource: PlannedResource;
  readonly attribute: string;
}

/** Answers from the configuration what plans leave open. */
export interface References {
  /** What an attribute (or the one nested in its first block) is a plain reference to; null: nothing that can be told. */
  readonly of: (resource: PlannedResource, attribute: string, nested?: string) => readonly Reference[];
  /** The key of the provider's configuration, which stands for the account; null: it is not told. */
  readonly providerOf: (resource: PlannedResource) => string | null;
}

/** Chains through variables and outputs of modules longer than this are not followed. */
const MAX_STEPS = 20;

/** Indexes a plan's configuration. */
export function referencesIn({ resources, configuration }: Plan): References {
  const byAddress = new Map<string, PlannedResource[]>();
  for (const resource of resources) {
    const plain = join(resource.module, `${resource.type}.${resource.name}`);
    byAddress.set(plain, [...(byAddress.get(plain) ?? []), resource]);
  }

  function follow(module: string, text: string, from: PlannedResource, steps: number): Reference[] {
    if (steps > MAX_STEPS) return [];
    const parts = text.replaceAll(/\[[^\]]*\]/gu, '').split('.');
    const [first = '', second = '', third = ''] = parts;
    if (first === 'var') {
      const call = callOf(configuration, module);
      return refsOf(call?.expressions?.[second]).flatMap((each) =>
        follow(parentOf(module), each, from, steps + 1),
      );
    }
    if (first === 'module') {
      const inner = moduleAt(configuration, join(module, `module.${second}`));
      return refsOf(inner?.outputs?.[third]?.expression).flatMap((each) =>
        follow(join(module, `module.${second}`), each, from, steps + 1),
      );
    }
    if (third === '') return [];
    const found = instanceOf(
      byAddress.get(join(module, `${first}.${second}`)) ?? sibling(module, first, second),
      from,
    );
    return found === null ? [] : [{ resource: found, attribute: third }];
  }

  /** A module with an index is one of several: the configuration knows it without. */
  function sibling(module: string, type: string, name: string): PlannedResource[] {
    return [...byAddress.values()]
      .flat()
      .filter((each) => each.type === type && each.name === name && bare(each.module) === bare(module));
  }

  const written = (resource: PlannedResource): ConfigResource | undefined =>
    moduleAt(configuration, resource.module)?.resources?.find(
      ({ address }) => address === `${resource.type}.${resource.name}`,
    );

  return {
    of(resource, attribute, nested) {
      const expression = written(resource)?.expressions?.[attribute];
      const inner = nested === undefined ? expression : memberOf(firstOf(expression), nested);
      const all = refsOf(inner).flatMap((text) => follow(resource.module, text, resource, 0));
      const seen = new Set<string>();
      return all.filter(({ resource: { address }, attribute: name }) => {
        const key = `${address}.${name}`;
        return !seen.has(key) && seen.add(key);
      });
    },
    providerOf: (resource) => resource.provider ?? written(resource)?.provider_config_key ?? null,
  };
}

/** The instance with the same key, or the only one; null: it could be several. */
function instanceOf(all: readonly PlannedResource[], from: PlannedResource): PlannedResource | null {
  const near = all.filter(({ module }) => module === from.module);
  const candidates = near.length > 0 ? near : all;
  const same = candidates.find(({ index }) => index === from.index);
  return same ?? (candidates.length === 1 ? (candidates[0] ?? null) : null);
}

/** An expression lists everything that it refers to, each reference followed by the beginnings of it. */
function refsOf(expression: unknown): string[] {
  const references = memberOf(expression, 'references');
  return Array.isArray(references) ? references.filter((each) => typeof each === 'string') : [];
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

/** The names of the modules on the way, without indexes. */
function stepsOf(module: string): string[] {
  return bare(module)
    .split('.')
    .filter((_, at) => at % 2 === 1);
}

function bare(module: string): string {
  return module.replaceAll(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/gu, '');
}

function moduleAt(root: ConfigModule, module: string): ConfigModule | undefined {
  let here: ConfigModule | undefined = root;
  for (const step of stepsOf(module)) here = here?.module_calls?.[step]?.module;
  return here;
}

function callOf(root: ConfigModule, module: string) {
  const steps = stepsOf(module);
  const last = steps.at(-1);
  return last === undefined ? undefined : moduleAt(root, parentOf(module))?.module_calls?.[last];
}

function parentOf(module: string): string {
  const steps = stepsOf(module).slice(0, -1);
  return steps.map((step) => `module.${step}`).join('.');
}

function join(module: string, rest: string): string {
  return module === '' ? rest : `${module}.${rest}`;
}
