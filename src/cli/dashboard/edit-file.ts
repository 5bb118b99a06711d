import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '#model/errors.ts';
import type { Io } from '../io.ts';

/**
 * Shows a text in $VISUAL or $EDITOR, and removes its file when the editor ends: what is changed there changes
 * nothing. Throws UsageError where neither is set or the editor fails.
 */
export async function editFile(name: string, text: string, { env }: Io): Promise<void> {
  const editor = env['VISUAL'] || env['EDITOR'];
  if (editor === undefined || editor === '') {
    throw new UsageError('neither VISUAL nor EDITOR is set', {
      hint: 'Set one and start again, or press o.',
    });
  }
  const folder = await mkdtemp(join(tmpdir(), 'nhi-'));
  try {
    const file = join(folder, name);
    await writeFile(file, text, { mode: 0o600 });
    await edit(editor, file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** An editor may be a command with words of its own (`code --wait`), which a shell takes apart. */
function edit(editor: string, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', `${editor} "$1"`, 'nhi', file], { stdio: 'inherit' });
    child.on('error', (cause) => reject(new UsageError(`${editor} cannot be started`, { cause })));
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new UsageError(`${editor} ended with ${code ?? 'a signal'}`));
    });
  });
}
