import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '#config/load-config.ts';
import { configSchema } from '#config/schema.ts';
import { parseYaml } from '#config/yaml-file.ts';
import { init, machineWith, SECRET, THINGS, type Thing } from './init-machine.ts';
import { runCli } from './run-cli.ts';

const ALL = Object.keys(THINGS) as Thing[];
const COMBINATIONS = Array.from({ length: 2 ** ALL.length }, (_, bits) =>
  ALL.filter((_thing, at) => (bits & (1 << at)) !== 0),
);

/** Every setting that is switched off, switched on. */
function switchedOn(text: string): string {
  return text.replace(/^(\s*)#(?=[^\s#])/gmu, '$1');
}

describe('nhi init', () => {
  it.each(COMBINATIONS.map((things) => [things.join(', ') || 'nothing', things] as const))(
    'writes a configuration that loads, with and without what is switched off: %s',
    async (_title, things) => {
      const machine = await machineWith(things);
      const ran = await init(machine);
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      const config = await loadConfig(undefined, machine.work);
      const has = (thing: Thing) => things.includes(thing);
      expect(config.targets.map(({ system }) => system)).toEqual([
        ...(has('aws') ? ['aws', 'aws'] : []),
        ...(has('azure') ? ['azure'] : []),
        ...(has('gcp') ? ['gcp'] : []),
        ...(has('kubernetes') ? ['kubernetes'] : []),
      ]);
      expect(config.import).toEqual(has('exports') ? [join(machine.work, 'exports')] : []);
      expect(config.owners.codeowners).toHaveLength(has('owners') ? 1 : 0);
      expect(config.owners.backstage).toHaveLength(has('owners') ? 1 : 0);
      const text = await readFile(join(machine.work, 'nhi.yaml'), 'utf8');
      expect(text + ran.stdout).not.toContain(SECRET);
      const full = parseYaml(switchedOn(text), 'nhi.yaml', configSchema);
      expect(new Set(full.targets.map(({ system }) => system)).size).toBe(4);
      expect(full.revocation.approvers).not.toEqual([]);
      expect(full.agent.notify.map(({ kind }) => kind)).toEqual(['webhook', 'slack', 'email', 'folder']);
    },
  );

  it('writes settings that can be switched on one by one', async () => {
    const machine = await machineWith([]);
    await init(machine);
    const text = await readFile(join(machine.work, 'nhi.yaml'), 'utf8');
    const blocks = text.split('\n\n').slice(1);
    expect(blocks).toHaveLength(Object.keys(configSchema.shape).length);
    for (const block of blocks) {
      expect(switchedOn(block)).toMatch(/^[a-z]+:/mu);
      expect(() => parseYaml(switchedOn(block), 'nhi.yaml', configSchema)).not.toThrow();
    }
  });

  it('explains every option there is', async () => {
    const machine = await machineWith([]);
    await init(machine);
    const text = await readFile(join(machine.work, 'nhi.yaml'), 'utf8');
    const keys = keysOf(z.toJSONSchema(configSchema, { io: 'input' }));
    expect(keys.size).toBeGreaterThan(60);
    for (const key of keys) {
      expect(new RegExp(`^ *#? ?(?:- )?${key}:`, 'mu').test(text), key).toBe(true);
    }
  });

  it('overwrites nothing unless it is told to', async () => {
    const machine = await machineWith([]);
    await writeFile(join(machine.work, 'nhi.yaml'), 'data: mine\n');
    const refused = await init(machine);
    expect(refused).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('nhi.yaml is there already'),
    });
    expect(await readFile(join(machine.work, 'nhi.yaml'), 'utf8')).toBe('data: mine\n');
    expect((await init(machine, '--force')).code).toBe(0);
    expect(await readFile(join(machine.work, 'nhi.yaml'), 'utf8')).toContain('# The folder for snapshots.');
  });

  it('says what to do where there is nothing', async () => {
    const { stdout } = await init(await machineWith([]));
    expect(stdout).toContain('not found   aws, azure, gcp, kubernetes');
    expect(stdout).toContain('nhi scan --import PATH');
    expect((await init(await machineWith([]), '--quiet')).stdout).toBe('');
  });

  it('writes what a scan then reads', async () => {
    const machine = await machineWith(['exports', 'owners']);
    await init(machine);
    const ran = await runCli(machine.work, ['scan', '--quiet', '--format', 'json']);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect((await runCli(machine.work, ['identities'])).stdout).toContain('svc-old');
  });
});

/** The names of all options, in lists and their variants too. */
function keysOf(schema: unknown): Set<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    const {
      properties = {},
      items,
      oneOf = [],
    } = Object(value) as {
      readonly properties?: Readonly<Record<string, unknown>>;
      readonly items?: unknown;
      readonly oneOf?: readonly unknown[];
    };
    for (const key of Object.keys(properties)) found.add(key);
    for (const each of [...Object.values(properties), items, ...oneOf]) if (each !== undefined) visit(each);
  };
  visit(schema);
  return found;
}
