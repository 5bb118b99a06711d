import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';

const CACHE = join(process.cwd(), 'node_modules', '.cache', 'nhi-live');
const MODULE = join(process.cwd(), 'test', 'live', 'kubernetes', 'apiserver');
const VERSION = 'k8s.io/component-base/version';

/** Why the servers cannot be built here; null: they can, or were. */
export function whyNoProgram(): string | null {
  if (existsSync(programPath())) return null;
  const { status, stdout } = spawnSync('go', ['version'], { encoding: 'utf8' });
  const minor = Number(/go1\.(\d+)/u.exec(stdout ?? '')?.[1] ?? NaN);
  if (status !== 0) return 'Go is missing';
  // Since 1.21 Go fetches the toolchain that a module asks for.
  return minor >= 21 ? null : 'Go is older than 1.21';
}

/** The one program that is etcd, kube-apiserver and kube-controller-manager: built when its sources changed, else as it was. */
export async function buildProgram(): Promise<string> {
  const program = programPath();
  if (existsSync(program)) return program;
  await mkdir(CACHE, { recursive: true });
  const unfinished = `${program}.${process.pid}`;
  const version = [`${VERSION}.gitVersion=v1.36.3`, `${VERSION}.gitMajor=1`, `${VERSION}.gitMinor=36`];
  const flags = ['-s', '-w', ...version.flatMap((one) => ['-X', one])].join(' ');
  const { status, stderr, error } = spawnSync(
    'go',
    ['build', '-trimpath', '-ldflags', flags, '-o', unfinished, '.'],
    { cwd: MODULE, encoding: 'utf8', env: { ...process.env, CGO_ENABLED: '0' } },
  );
  if (status !== 0) throw new Error(`the API server cannot be built: ${error?.message ?? stderr}`);
  await rename(unfinished, program);
  return program;
}

function programPath(): string {
  const digest = createHash('sha256');
  for (const name of ['go.sum', 'main.go']) digest.update(readFileSync(join(MODULE, name)));
  return join(CACHE, `kube-apiserver-${digest.digest('hex').slice(0, 16)}`);
}
