import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { collectors } from '#collectors/index.ts';
import { defaultTarget } from '#config/targets.ts';
import type { PermissionDocument } from '#contract/live.ts';
import type { Target } from '#model/target.ts';
import { liveReaderOf } from '#scan/collect-live.ts';
import type { PermissionsOptions } from '../commands/permissions.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { note, print, type Io } from '../io.ts';
import { actingPermissions } from '../revoke/acting-permissions.ts';
import { loadActionPack } from '../revoke/action-pack.ts';
import { loadSettings } from '../settings.ts';

/** `nhi permissions` */
export async function permissionsAction(
  system: Target['system'],
  options: PermissionsOptions,
  io: Io,
): Promise<ExitCode> {
  const documents =
    options.for === 'revoke'
      ? actingPermissions(system, await loadActionPack(), options.playbook ?? null)
      : await readingPermissions(system, options, io);
  if (options.output !== undefined) {
    await writeAll(documents, system, resolve(io.cwd, options.output), io);
  } else if (options.format === 'json') {
    await print(io, `${JSON.stringify(documents, null, 2)}\n`);
  } else {
    for (const { title, text } of documents) {
      // The title goes to people, so that a single document can be piped into the provider's tool as it is.
      if (options.quiet !== true) await note(io, `# ${title}`);
      await print(io, text.endsWith('\n') ? text : `${text}\n`);
    }
  }
  return EXIT.fine;
}

async function readingPermissions(
  system: Target['system'],
  options: PermissionsOptions,
  io: Io,
): Promise<PermissionDocument[]> {
  const { config } = await loadSettings(options, io);
  const reader = await liveReaderOf(system, collectors);
  const configured = config.targets.filter((target) => target.system === system);
  const targets = configured.length > 0 ? configured : [defaultTarget(system)];
  return distinct(targets.flatMap((target) => reader.permissions(target)));
}

/** Targets that need the same get one document. */
function distinct(documents: readonly PermissionDocument[]): PermissionDocument[] {
  return [...new Map(documents.map((document) => [document.text, document])).values()];
}

async function writeAll(
  documents: readonly PermissionDocument[],
  system: string,
  folder: string,
  io: Io,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [index, { title, text, extension }] of documents.entries()) {
    const file = join(folder, `nhi-${system}-${index + 1}.${extension}`);
    await writeFile(file, text.endsWith('\n') ? text : `${text}\n`);
    await print(io, `${file}: ${title}\n`);
  }
}
