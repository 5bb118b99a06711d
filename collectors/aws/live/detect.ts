import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LiveContext } from '#contract/live.ts';
import type { AwsTarget } from '#model/target/aws.ts';

/** The settings of a target that nothing is known of but where its credentials are. */
const DEFAULTS = {
  system: 'aws',
  roleArn: null,
  externalId: null,
  accounts: [],
  memberRole: 'nhi-auditor',
  lastAccessed: false,
  endpoint: null,
  concurrency: 8,
  accountsAtOnce: 4,
} as const;

/** Ways in which the SDK is given credentials without a file. */
const VARIABLES = [
  'AWS_ACCESS_KEY_ID',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/**
 * The account that the environment's credentials are for; without any, one target for each profile of the shared files.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export async function detect({
  environment,
  signal,
}: Pick<LiveContext, 'environment' | 'signal'>): Promise<readonly AwsTarget[]> {
  const home = environment['HOME'] ?? environment['USERPROFILE'] ?? '';
  const config = sections(
    await textOf(environment['AWS_CONFIG_FILE'] ?? join(home, '.aws', 'config'), signal),
  );
  const credentials = sections(
    await textOf(environment['AWS_SHARED_CREDENTIALS_FILE'] ?? join(home, '.aws', 'credentials'), signal),
  );
  const own = environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'];
  const targetOf = (name: string, profile: string | null): AwsTarget => {
    const region =
      own ?? (config.get(profile ?? 'default') ?? credentials.get(profile ?? 'default'))?.get('region');
    return { ...DEFAULTS, name, profile, regions: [region ?? 'us-east-1'] };
  };
  if (VARIABLES.some((name) => (environment[name] ?? '') !== '')) return [targetOf('aws', null)];
  const profiles = [...new Set([...config.keys(), ...credentials.keys()])];
  const chosen = environment['AWS_PROFILE'];
  return (chosen === undefined ? profiles : [chosen]).map((profile) => targetOf(profile, profile));
}

async function textOf(path: string, signal: AbortSignal): Promise<string> {
  try {
    return await readFile(path, { encoding: 'utf8', signal });
  } catch {
    signal.throwIfAborted();
    return '';
  }
}

/** The settings of each profile; other sections (`sso-session`, `services`) are no profiles. */
function sections(text: string): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>();
  let current: Map<string, string> | null = null;
  for (const line of text.split(/\r?\n/u)) {
    const header = /^\s*\[\s*(?:profile\s+)?([^\]\s]+)\s*\]/u.exec(line);
    if (header !== null) {
      current = new Map();
      found.set(header[1] ?? '', current);
    } else if (/^\s*\[/u.test(line)) {
      current = null;
    } else {
      const [, key, value] = /^([\w-]+)\s*=\s*(.*?)\s*$/u.exec(line) ?? [];
      if (key !== undefined && value !== undefined) current?.set(key, value);
    }
  }
  return found;
}
