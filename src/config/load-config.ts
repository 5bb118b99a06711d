import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ConfigError } from '#model/errors.ts';
import { configSchema, type Config } from './schema.ts';
import { parseYaml, readYamlFile } from './yaml-file.ts';

/** The configuration and where it came from. Paths in it are absolute. */
export interface LoadedConfig extends Config {
  /** null: no file, the defaults. */
  readonly file: string | null;
}

const DEFAULT_FILE = 'nhi.yaml';

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

function absolute(config: Config, folder: string, file: string | null): LoadedConfig {
  return {
    ...config,
    data: resolve(folder, config.data),
    import: config.import.map((path) => resolve(folder, path)),
    rules: config.rules.map((path) => resolve(folder, path)),
    file,
  };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
