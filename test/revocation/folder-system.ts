import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ActionError,
  defineAction,
  type Action,
  type ActingContext,
  type ObjectState,
  type Parameters,
  type Subject,
} from '#contract/action.ts';
import type { Json } from '#model/system.ts';
import { defaultTarget } from '#config/targets.ts';
import type { ActionPack, ContextOf } from '#revocation/playbooks.ts';
import type { Look } from '#revocation/steps.ts';
import { liveContext } from '../collectors/live-context.ts';

/**
 * A system whose objects are files of a folder: `<name>.json` holds `{"active": true, …}`. It can be changed behind a
 * plan's back, lost, and made to refuse, and it survives its writer.
 */
export interface FolderSystem {
  readonly folder: string;
  readonly put: (name: string, object: { readonly active: boolean; readonly note?: string }) => Promise<void>;
  /** Makes the system refuse to change an object, or not any more. */
  readonly lock: (name: string, locked: boolean) => Promise<void>;
  readonly get: (name: string) => Promise<unknown>;
  readonly pack: ActionPack;
  readonly contextOf: ContextOf;
  readonly look: Look;
}

/** The system in a folder. `acted` hears of every change. */
export function folderSystem(
  folder: string,
  acted: (id: string, name: string) => void = () => undefined,
): FolderSystem {
  const context: ActingContext = { ...liveContext(), target: defaultTarget('aws') };
  const read = async ({ name }: Parameters): Promise<ObjectState> => {
    const document = await readObject(folder, text(name));
    return document === null
      ? { present: false, done: true, document: null }
      : { present: true, done: !document.active, document };
  };
  const write = async (name: string, object: object) => {
    await writeFile(join(folder, `.${name}.new`), JSON.stringify(object));
    await rename(join(folder, `.${name}.new`), join(folder, `${name}.json`));
  };
  const base = {
    system: 'aws',
    permissions: ['folder:Read', 'folder:Write'],
    settle: { seconds: 60, source: 'https://example.org/settle' },
    read,
  } as const;
  const deactivate: Action = defineAction({
    ...base,
    id: 'aws/deactivate',
    phase: 'contain',
    closes: 'subject',
    title: ({ name }) => `Deactivate key ${text(name)}`,
    parametersFor: (subject: Subject) =>
      subject.table === 'credentials' ? { name: subject.row.name } : null,
    act: async ({ name }, before) => {
      if ((await readObject(folder, `lock-${text(name)}`)) !== null) {
        throw new ActionError('denied', 'the key is locked', 'folder:Unlock');
      }
      acted('aws/deactivate', text(name));
      await write(text(name), { ...Object(before.document), active: false });
      return { requestId: `r-${text(name)}` };
    },
    undo: async ({ name }, before) => {
      acted('undo aws/deactivate', text(name));
      await write(text(name), Object(before.document));
      return { requestId: null };
    },
  });
  const quarantine: Action = defineAction({
    ...deactivate,
    id: 'aws/quarantine',
    closes: 'all-access',
    title: ({ name }) => `Quarantine ${text(name)}`,
    parametersFor: (subject) => (subject.table === 'identities' ? { name: subject.row.name } : null),
  });
  const remove: Action = defineAction({
    ...base,
    id: 'aws/delete',
    phase: 'delete',
    closes: 'all-access',
    title: ({ name }) => `Delete ${text(name)}`,
    parametersFor: (subject) => (subject.table === 'identities' ? { name: subject.row.name } : null),
    read: async (parameters) => {
      const state = await read(parameters);
      return {
        ...state,
        done: !state.present,
        document: state.present ? { name: text(parameters['name']) } : null,
      };
    },
    act: async ({ name }) => {
      acted('aws/delete', text(name));
      await rm(join(folder, `${text(name)}.json`));
      return { requestId: null };
    },
  });
  const steps = ['aws/deactivate', 'aws/quarantine', 'aws/delete'];
  return {
    folder,
    put: async (name, object) => write(name, object),
    lock: async (name, locked) => {
      if (locked) await write(`lock-${name}`, { active: true });
      else await rm(join(folder, `lock-${name}.json`), { force: true });
    },
    get: async (name) => readObject(folder, name),
    pack: {
      actions: [deactivate, quarantine, remove],
      evaluators: [],
      playbooks: [
        { id: 'all', title: 'Everything', about: '', scope: 'identity', steps },
        { id: 'key', title: 'A key', about: '', scope: 'subject', steps: ['aws/deactivate'] },
      ],
    },
    contextOf: () => context,
    look: async (action, parameters) => action.read(parameters, context),
  };
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

async function readObject(folder: string, name: string): Promise<{ active: boolean } | null> {
  try {
    return JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8')) as { active: boolean };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new ActionError('unreachable', 'the folder cannot be read', null, error);
  }
}
