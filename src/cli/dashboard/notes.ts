import { join } from 'node:path';
import { frameworkNames, loadFramework } from '#audit/load-frameworks.ts';
import type { LoadedConfig } from '#config/load-config.ts';
import type { PlaybookNotes, RuleNotes } from '#dashboard/given.ts';
import type { Io } from '../io.ts';
import { packageRoot } from '../package-root.ts';
import { loadActionPack } from '../revoke/action-pack.ts';
import { filledTitle, loadRulePack } from '../rule-pack.ts';

/** What is to be read of every rule, with the controls that it speaks to. Throws ConfigError. */
export async function readRuleNotes(config: LoadedConfig, io: Io): Promise<ReadonlyMap<string, RuleNotes>> {
  const pack = await loadRulePack(config, io);
  const controls = await controlsByRule();
  return new Map(
    pack.rules.map(({ header }) => {
      const { id, category, severity, needs, about, remedy, playbook } = header;
      const notes = {
        id,
        title: filledTitle(header, pack),
        category,
        severity,
        needs,
        about,
        remedy,
        playbook,
      };
      return [id, { ...notes, controls: controls.get(id) ?? [] }];
    }),
  );
}

async function controlsByRule(): Promise<ReadonlyMap<string, readonly string[]>> {
  const folder = join(packageRoot(), 'rules', 'frameworks');
  const byRule = new Map<string, string[]>();
  for (const name of await frameworkNames(folder)) {
    const { title, version, controls } = await loadFramework(join(folder, `${name}.yaml`), null);
    for (const control of controls) {
      for (const { ruleId } of control.rules) {
        const named = byRule.get(ruleId) ?? [];
        byRule.set(ruleId, named);
        named.push(`${title} ${version}: ${control.id} ${control.title}`);
      }
    }
  }
  return byRule;
}

/** What is to be read of every playbook. Throws ConfigError. */
export async function readPlaybookNotes(): Promise<ReadonlyMap<string, PlaybookNotes>> {
  const { playbooks } = await loadActionPack();
  return new Map(playbooks.map(({ id, title, about, steps }) => [id, { title, about, steps }]));
}
