import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson } from '#collectors/shared/parse-json.ts';
import type { LiveContext } from '#contract/live.ts';
import type { GcpTarget } from '#model/target/gcp.ts';
import { type Fields, objectOf, textOf } from '../fields.ts';

type Environment = LiveContext['environment'];

/**
 * The project that the machine's credentials are set to, or all that they see; nothing where there are no credentials
 * (https://cloud.google.com/docs/authentication/application-default-credentials).
 */
export async function detect({
  environment,
  signal,
}: Pick<LiveContext, 'environment' | 'signal'>): Promise<readonly GcpTarget[]> {
  const folder = configFolder(environment);
  const file =
    valueOf(environment, 'GOOGLE_APPLICATION_CREDENTIALS') ??
    join(folder, 'application_default_credentials.json');
  const credentials = await fieldsIn(file, signal);
  if (credentials === null) return [];
  const project =
    valueOf(environment, 'CLOUDSDK_CORE_PROJECT') ??
    valueOf(environment, 'GOOGLE_CLOUD_PROJECT') ??
    (await activeProject(environment, folder, signal)) ??
    textOf(credentials, 'project_id');
  return [
    {
      system: 'gcp',
      name: 'gcp',
      organization: null,
      projects: project === null ? 'all' : [project],
      impersonate: null,
      quotaProject:
        valueOf(environment, 'GOOGLE_CLOUD_QUOTA_PROJECT') ?? textOf(credentials, 'quota_project_id'),
      endpoint: null,
      concurrency: 8,
    },
  ];
}

/** https://cloud.google.com/sdk/docs/configurations */
function configFolder(environment: Environment): string {
  const home = valueOf(environment, 'HOME') ?? valueOf(environment, 'USERPROFILE') ?? '';
  const windows = valueOf(environment, 'APPDATA');
  return (
    valueOf(environment, 'CLOUDSDK_CONFIG') ??
    (windows === null ? join(home, '.config', 'gcloud') : join(windows, 'gcloud'))
  );
}

async function activeProject(
  environment: Environment,
  folder: string,
  signal: AbortSignal,
): Promise<string | null> {
  const active =
    valueOf(environment, 'CLOUDSDK_ACTIVE_CONFIG_NAME') ??
    (await textIn(join(folder, 'active_config'), signal))?.trim() ??
    'default';
  if (!/^[\w-]+$/u.test(active)) return null;
  const text = (await textIn(join(folder, 'configurations', `config_${active}`), signal)) ?? '';
  let section = '';
  for (const line of text.split(/\r?\n/u)) {
    section = /^\s*\[([^\]]*)\]/u.exec(line)?.[1]?.trim() ?? section;
    const project = /^\s*project\s*=\s*(\S+)\s*$/u.exec(line)?.[1];
    if (section === 'core' && project !== undefined) return project;
  }
  return null;
}

function valueOf(environment: Environment, name: string): string | null {
  const value = environment[name] ?? '';
  return value === '' ? null : value;
}

async function fieldsIn(path: string, signal: AbortSignal): Promise<Fields | null> {
  const text = await textIn(path, signal);
  const parsed = text === null ? null : parseJson(text);
  return parsed?.ok === true ? objectOf(parsed.value) : null;
}

async function textIn(path: string, signal: AbortSignal): Promise<string | null> {
  try {
    return await readFile(path, { encoding: 'utf8', signal });
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
