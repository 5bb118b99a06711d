import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { configSchema } from '#config/schema.ts';
import { PACKAGE, parseWords, ROOT, textOf, yamlOf } from './files.ts';
import { instructionsOf, stagesOf, wordsOf, type Stage } from './dockerfile.ts';

const stages = stagesOf(instructionsOf(textOf('Dockerfile')));
const [build, image] = stages as [Stage, Stage];

const valuesOf = (stage: Stage, name: string) =>
  stage.instructions.filter((each) => each.name === name).map(({ value }) => value);
const lastOf = (stage: Stage, name: string) => valuesOf(stage, name).at(-1) ?? '';

/** The sources of a COPY from the build context. */
function copied(stage: Stage): string[] {
  return valuesOf(stage, 'COPY')
    .filter((value) => !value.includes('--from='))
    .flatMap((value) => value.split(/\s+/u).slice(0, -1));
}

/** What of the checkout gets into the build. */
const CONTEXT = new Set(
  textOf('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1)),
);

describe('the Dockerfile', () => {
  it('is read whole', () => {
    expect(stages.map(({ name }) => name)).toEqual(['build', null]);
    expect(instructionsOf(textOf('Dockerfile')).every(({ name }) => name !== '')).toBe(true);
  });

  it('begins with an image of one version of Node.js that nhi runs on', () => {
    for (const { from } of stages) {
      const [, major = '', minor = ''] = /^node:(\d+)\.(\d+)\.\d+-bookworm-slim$/u.exec(from) ?? [];
      expect(Number(major) * 1000 + Number(minor)).toBeGreaterThanOrEqual(20_019);
    }
  });

  it('copies only what is there and what the ignore file lets in', () => {
    expect(textOf('.dockerignore')).toMatch(/^\*$/mu);
    const sources = [...copied(build), ...copied(image)];
    expect(sources.length).toBeGreaterThan(8);
    for (const source of sources) {
      expect(existsSync(join(ROOT, source)), source).toBe(true);
      expect(CONTEXT, source).toContain(source);
    }
    expect(CONTEXT).toEqual(new Set(sources));
  });

  it('gives the build every folder that it compiles', () => {
    const { include } = JSON.parse(textOf('tsconfig.build.json')) as { include: string[] };
    expect(copied(build)).toEqual(expect.arrayContaining(include));
  });

  it('installs what the lock file says, runs no package’s own scripts, and leaves development behind', () => {
    const runs = valuesOf(build, 'RUN').join('\n');
    expect(runs).toMatch(/^npm ci --ignore-scripts/mu);
    expect(runs).toMatch(/npm run build && npm prune --omit=dev --ignore-scripts/u);
    expect(runs.match(/\bnpm (?:ci|install|prune)\b/gu)).toHaveLength(
      runs.match(/--ignore-scripts/gu)?.length ?? 0,
    );
  });

  it('runs as somebody who is not root, by number, and needs no shell', () => {
    expect(lastOf(image, 'USER')).toMatch(/^[1-9]\d*:[1-9]\d*$/u);
    expect(valuesOf(image, 'RUN')).toEqual([]);
    const order = image.instructions.map(({ name }) => name);
    expect(order.lastIndexOf('COPY')).toBeLessThan(order.indexOf('USER'));
  });

  it('starts what package.json calls nhi, with a command line that it takes', () => {
    const [program, script] = wordsOf(lastOf(image, 'ENTRYPOINT'));
    expect(program).toBe('node');
    expect(script).toBe(`/app/${PACKAGE.bin.nhi}`);
    expect(valuesOf(image, 'WORKDIR')[0]).toBe('/app');
    expect(() => parseWords(wordsOf(lastOf(image, 'CMD')))).not.toThrow();
    // The built program looks for these beside package.json.
    expect(copied(image)).toEqual(expect.arrayContaining(['package.json', 'rules', 'playbooks']));
  });

  it('keeps data on a volume that its user owns', () => {
    const user = lastOf(image, 'USER');
    expect(lastOf(image, 'VOLUME')).toBe('/data');
    expect(valuesOf(image, 'COPY')).toContain(`--from=build --chown=${user} /data /data`);
    expect(lastOf(image, 'WORKDIR')).toBe('/data');
    expect(wordsOf(lastOf(image, 'CMD')).at(-1)).toMatch(/^\/data\//u);
  });

  it.each([
    [200, 0],
    [503, 1],
    [null, 1],
  ])('is healthy by what the agent answers: %s gives %i', async (status, code) => {
    const [program = '', flag = '', script = ''] = wordsOf(lastOf(image, 'HEALTHCHECK'));
    const { listen } = configSchema.parse({}).agent;
    expect(program).toBe('node');
    expect(script).toContain(`http://${listen}/healthz`);
    const server = createServer((request, response) => {
      response.writeHead(request.url === '/healthz' ? (status ?? 500) : 404).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    if (status === null) server.close();
    else onTestFinished(() => void server.close());
    const child = execFile(process.execPath, [flag, script.replace(listen, `127.0.0.1:${port}`)]);
    expect((await once(child, 'exit'))[0]).toBe(code);
  });
});

describe('the file for docker compose', () => {
  const [service] = Object.values(Object(yamlOf('deploy/container/compose.yaml')['services'])) as [
    Readonly<Record<string, unknown>>,
  ];

  it('builds and runs this version', () => {
    expect(service['image']).toBe(`nhi-auditor:${PACKAGE.version}`);
    expect(existsSync(join(ROOT, 'deploy/container', String(service['build']), 'Dockerfile'))).toBe(true);
  });

  it('takes away what the container does not need', () => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    expect(service).not.toHaveProperty('privileged');
    expect(service).not.toHaveProperty('ports');
    expect(service['volumes']).toEqual(['./nhi:/etc/nhi:ro', 'data:/data']);
  });
});
