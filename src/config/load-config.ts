import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ConfigError } from '#model/errors.ts';
import { absoluteAgent } from './agent.ts';
import { absoluteBaseline, type ApprovedBaseline } from './baseline.ts';
import type { OwnersConfig } from './owners/schema.ts';
import { configSchema, type Config } from './schema.ts';
import { parseYaml, readYamlFile } from './yaml-file.ts';

/** The configuration and where it came from. Paths in it are absolute. */
export interface LoadedConfig extends Omit<Config, 'baseline'> {
  /** null: no file, the defaults. */
  readonly file: string | null;
  /** The folder that holds the file, else the current one: where gate.yaml is looked for too. */
  readonly folder: string;
  readonly waivers: string[];
  readonly baseline: readonly ApprovedBaseline[];
}

const DEFAULT_FILE = 'nhi.yaml';
const DEFAULT_WAIVERS = 'waivers.yaml';

/**
 * Loads `file`, or `nhi.yaml` in `cwd` where there is one, or the defaults. Throws ConfigError that names file, line
 * and remedy.
 */
export async function loadConfig(file: string | undefined, cwd: string): Promise<LoadedConfig> {
  const path = resolve(cwd, file ?? DEFAULT_FILE);
  if (!(await exists(path))) {
    if (file !== undefined) {
      throw new ConfigError(`${file}: no such configuration file`, {
        hint: 'Check the path given to --config.',
      });
    }
    return absolute(parseYaml('', DEFAULT_FILE, configSchema), cwd, null);
  }
  return absolute(await readYamlFile(path, configSchema), dirname(path), path);
}

async function absolute(config: Config, folder: string, file: string | null): Promise<LoadedConfig> {
  const waivers = resolve(folder, DEFAULT_WAIVERS);
  return {
    ...config,
    data: resolve(folder, config.data),
    import: config.import.map((path) => resolve(folder, path)),
    rules: config.rules.map((path) => resolve(folder, path)),
    waivers:
      config.waivers?.map((path) => resolve(folder, path)) ?? ((await exists(waivers)) ? [waivers] : []),
    baseline: absoluteBaseline(config.baseline, folder),
    targets: absoluteTargets(config.targets, folder),
    agent: absoluteAgent(config.agent, folder),
    revocation: {
      ...config.revocation,
      targets: absoluteTargets(config.revocation.targets, folder),
      approvers: config.revocation.approvers.map((each) => ({ ...each, key: resolve(folder, each.key) })),
    },
    ledger: config.ledger.key === undefined ? {} : { key: resolve(folder, config.ledger.key) },
    owners: absoluteOwners(config.owners, folder),
    file,
    folder,
  };
}

function absoluteTargets(targets: Config['targets'], folder: string): Config['targets'] {
  return targets.map((target) =>
    target.system === 'kubernetes' && target.kubeconfig !== null
      ? { ...target, kubeconfig: resolve(folder, target.kubeconfig) }
      : target,
  );
}

function absoluteOwners(owners: OwnersConfig, folder: string): OwnersConfig {
  const all = (paths: readonly string[]) => paths.map((path) => resolve(folder, path));
  return {
    ...owners,
    registry: all(owners.registry),
    backstage: all(owners.backstage),
    codeowners: owners.codeowners.map((each) => ({ ...each, file: resolve(folder, each.file) })),
    people: all(owners.people),
  };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
