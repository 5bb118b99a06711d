import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A running server that answers as AWS does. */
export interface Moto {
  /** The base URL of every service. */
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

const CACHE = join(process.cwd(), 'node_modules', '.cache', 'nhi-live');
const HOME = join(CACHE, 'moto');
const PROGRAM = join(HOME, 'bin', 'moto_server');

/** Why moto cannot be run here; null: it can. */
export function whyNoMoto(): string | null {
  if (existsSync(PROGRAM)) return null;
  if (spawnSync('python3', ['--version']).status !== 0) return 'Python 3 is missing';
  if (spawnSync('python3', ['-m', 'venv', '--help']).status !== 0) return "Python's venv is missing";
  return null;
}

/** Installs moto into a virtual environment, unless it was before, and starts it empty on a free port of the loopback. */
export async function startMoto(): Promise<Moto> {
  await install();
  const port = await freePort();
  const server = spawn(PROGRAM, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  await answers(server, `${endpoint}/moto-api/data.json`);
  return { endpoint, stop: () => stop(server) };
}

async function install(): Promise<void> {
  if (existsSync(PROGRAM)) return;
  await mkdir(CACHE, { recursive: true });
  await rm(HOME, { recursive: true, force: true });
  run('python3', ['-m', 'venv', HOME]);
  try {
    run(join(HOME, 'bin', 'python'), [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      'moto[server]',
    ]);
  } catch (error) {
    // What is half there would pass for whole the next time.
    await rename(HOME, `${HOME}.broken`).catch(() => undefined);
    await rm(`${HOME}.broken`, { recursive: true, force: true });
    throw error;
  }
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function answers(server: ChildProcess, url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (server.exitCode !== null) throw new Error(`moto ended with ${server.exitCode}`);
    const reply = await fetch(url).catch(() => null);
    if (reply?.ok === true) return;
    await sleep(100);
  }
  server.kill();
  throw new Error('moto does not answer');
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill();
  await ended;
}
