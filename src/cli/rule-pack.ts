import { join, resolve } from 'node:path';
import { loadRules } from '#audit/load-rules.ts';
import { loadProfile, resolveParameters, type RuleParameters } from '#audit/parameters.ts';
import type { LoadedConfig } from '#config/load-config.ts';
import type { Rule, RuleHeader } from '#contract/rule.ts';
import { ConfigError } from '#model/errors.ts';
import { ruleFiles } from '#rules/index.ts';
import type { Io } from './io.ts';
import { packageRoot } from './package-root.ts';

/** The rules that are run, with every threshold settled. */
export interface RulePack {
  readonly rules: readonly Rule[];
  readonly parameters: RuleParameters;
}

/** The files of the built-in rules. */
export function builtInRuleFiles(): string[] {
  return ruleFiles.map((file) => join(packageRoot(), 'rules', file));
}

/**
 * Loads the built-in rules and those in the folders of the configuration and the command line, without those that are
 * disabled. Throws ConfigError where one of them, or a threshold, is wrong.
 */
export async function loadRulePack(
  config: LoadedConfig,
  io: Io,
  folders: readonly string[] = [],
): Promise<RulePack> {
  const own = [...config.rules, ...folders.map((folder) => resolve(io.cwd, folder))];
  const rules = [...(await loadRules(builtInRuleFiles(), true)), ...(await loadRules(own, false))];
  const unknown = config.disable.filter((id) => rules.every(({ header }) => header.id !== id));
  if (unknown.length > 0) {
    throw new ConfigError(`disable: there is no rule ${unknown.join(', ')}`, {
      hint: 'nhi rules lists them all.',
    });
  }
  const profile = await loadProfile(join(packageRoot(), 'rules', 'profiles'), config.profile);
  const parameters = resolveParameters(rules, profile, config.parameters);
  return { rules: rules.filter(({ header }) => !config.disable.includes(header.id)), parameters };
}

/** A rule's title with its thresholds filled in. */
export function filledTitle({ id, title }: RuleHeader, { parameters }: RulePack): string {
  const values = parameters[id] ?? {};
  return title.replace(/\{\{(\w+)\}\}/gu, (_, name: string) => String(values[name] ?? `{{${name}}}`));
}
