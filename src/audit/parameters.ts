import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { Rule } from '#contract/rule.ts';
import { ConfigError } from '#model/errors.ts';
import { defaultValues, valueProblem, type ParameterValue } from './parameter-value.ts';

/** Parameters by rule id and name. */
export type RuleParameters = Readonly<Record<string, Readonly<Record<string, ParameterValue>>>>;

/** Named thresholds: a file of `rules/profiles`. */
export interface Profile {
  readonly name: string;
  readonly about: string;
  readonly parameters: RuleParameters;
}

const value = z.union([z.number(), z.string(), z.boolean(), z.array(z.string())]);

const profileSchema = z.strictObject({
  about: z.string().min(1),
  parameters: z.record(z.string(), z.record(z.string(), value)).default({}),
});

/** Reads the profile `name` from a folder of them. Throws ConfigError. */
export async function loadProfile(folder: string, name: string): Promise<Profile> {
  const names = (await readdir(folder))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'));
  if (!names.includes(name)) {
    throw new ConfigError(`there is no profile \`${name}\``, {
      hint: `There are ${names.toSorted().join(', ')}.`,
    });
  }
  const file = join(folder, `${name}.yaml`);
  const document = parseDocument(await readFile(file, 'utf8'), { prettyErrors: false });
  const result = profileSchema.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (document.errors.length === 0 && result.success) return { name, ...result.data };
  const problem = document.errors[0]?.message ?? z.prettifyError(result.error ?? new z.ZodError([]));
  throw new ConfigError(`${file}: ${problem}`, {
    hint: 'A profile has `about`, and `parameters` by rule id and parameter.',
  });
}

/**
 * Every parameter of every rule: the header's default, below the profile, below the configuration. `rules` are all that
 * are known, those that are not run too. Throws ConfigError for a rule or parameter that does not exist, and for a
 * value that does not fit.
 */
export function resolveParameters(
  rules: readonly Rule[],
  profile: Profile | null,
  configured: RuleParameters,
): RuleParameters {
  const byId = new Map(rules.map((rule) => [rule.header.id, rule]));
  const layers: readonly Layer[] = [
    ...(profile === null ? [] : [{ source: `profile ${profile.name}`, values: profile.parameters }]),
    { source: 'parameters', values: configured },
  ];
  for (const layer of layers) checkLayer(layer, byId);
  return Object.fromEntries(
    rules.map(({ header }) => [
      header.id,
      Object.assign(defaultValues(header), ...layers.map(({ values }) => values[header.id])),
    ]),
  );
}

/** Values from one place, which errors name. */
interface Layer {
  readonly source: string;
  readonly values: RuleParameters;
}

function checkLayer(layer: Layer, rules: ReadonlyMap<string, Rule>): void {
  const { source } = layer;
  for (const [id, values] of Object.entries(layer.values)) {
    const rule = rules.get(id);
    if (rule === undefined) {
      throw new ConfigError(`${source}: there is no rule \`${id}\``, {
        hint: '`nhi rules list` names them all.',
      });
    }
    const { params } = rule.header;
    for (const [name, given] of Object.entries(values)) {
      const parameter = Object.hasOwn(params, name) ? params[name] : undefined;
      if (parameter === undefined) {
        const known = Object.keys(params).join(', ') || 'none';
        throw new ConfigError(`${source}: ${id}.${name}: the rule has no such parameter`, {
          hint: `Known: ${known}.`,
        });
      }
      const problem = valueProblem(parameter, given);
      if (problem !== null) {
        throw new ConfigError(`${source}: ${id}.${name}: ${problem}`, {
          hint: parameter.about ?? `See \`nhi rules show ${id}\`.`,
        });
      }
    }
  }
}
