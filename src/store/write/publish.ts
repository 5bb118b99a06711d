import { chmod, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes a closed file durable and gives it its final name in one step: others see all of it or nothing. */
export async function publishFile(file: string, target: string): Promise<void> {
  await chmod(file, 0o600);
  await sync(file);
  await rename(file, target);
  // A rename is durable when both folders are. Windows cannot open folders, and does it by itself.
  if (process.platform === 'win32') return;
  await sync(dirname(target));
  await sync(dirname(file));
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
