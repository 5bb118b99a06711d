import { diskFiles, type AgentFiles } from '#agent/files.ts';

/** What becomes of a call. */
export type Fate = (call: keyof AgentFiles, file: string) => Error | null;

/** The disk, with calls that fail as a test says. */
export function failingDisk(fate: Fate): AgentFiles {
  const guard = async (call: keyof AgentFiles, file: string): Promise<void> => {
    const error = fate(call, file);
    if (error !== null) throw error;
  };
  return {
    read: (file) => guard('read', file).then(() => diskFiles.read(file)),
    write: (file, text) => guard('write', file).then(() => diskFiles.write(file, text)),
    list: (folder) => guard('list', folder).then(() => diskFiles.list(folder)),
    move: (from, to) => guard('move', from).then(() => diskFiles.move(from, to)),
    remove: (file) => guard('remove', file).then(() => diskFiles.remove(file)),
  };
}

/** What Node throws where the disk is full. */
export function diskFull(): Error {
  return Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
}
