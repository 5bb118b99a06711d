import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { tempDir } from '../temp-dir.ts';
import { runCli, type Ran } from './run-cli.ts';
import { writeSmallEstate } from './small-estate.ts';

/** A home, and a folder in it to work in. */
export interface Machine {
  readonly home: string;
  readonly work: string;
}

/** What is in files that hold secrets, and must not come out of them. */
export const SECRET = 'aVerySecretValue0123456789';

/** What can be on a machine, by files in its home. */
export const THINGS = {
  aws: {
    '.aws/config': '[default]\nregion = eu-west-1\n[profile audit]\nregion = somewhere\n',
    '.aws/credentials': `[default]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = ${SECRET}\n`,
  },
  azure: { '.azure/azureProfile.json': '{"subscriptions":[]}' },
  gcp: {
    '.config/gcloud/application_default_credentials.json': JSON.stringify({
      type: 'authorized_user',
      refresh_token: SECRET,
      project_id: 'shop-prod',
    }),
  },
  kubernetes: {
    '.kube/config': `current-context: prod\ncontexts: [{name: prod}, {name: staging}]\nusers: [{name: u, user: {token: ${SECRET}}}]\n`,
  },
  exports: {},
  owners: {
    'work/.github/CODEOWNERS': '* @acme/platform\n',
    'work/catalog-info.yaml':
      'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: shop }\nspec: { owner: shop }\n',
  },
} as const;

export type Thing = keyof typeof THINGS;

/** Writes files, with the folders that they are in. */
export async function put(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

/** A machine with these things. */
export async function machineWith(things: readonly Thing[]): Promise<Machine> {
  const home = await tempDir();
  const work = join(home, 'work');
  await mkdir(work);
  for (const thing of things) await put(home, THINGS[thing]);
  if (things.includes('exports')) await writeSmallEstate(work);
  return { home, work };
}

/** Runs `nhi init` on a machine. */
export async function init(machine: Machine, ...words: string[]): Promise<Ran> {
  return runCli(machine.work, ['init', ...words], { env: { HOME: machine.home } });
}
