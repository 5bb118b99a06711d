import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempDir } from '../temp-dir.ts';
import { namesIn, parseWords, textOf } from './files.ts';

const FOLDER = 'deploy/systemd';
const SERVICES = ['nhi-agent.service', 'nhi-agent-once.service'];
/** The version of systemd; 0: there is none. Units are judged without being installed since 250. */
const SYSTEMD = Number(
  /^systemd (\d+)/u.exec(String(spawnSync('systemd-analyze', ['--version']).stdout))?.[1] ?? 0,
);

/** The settings of a unit's section, those that stand more than once with all their values. */
function settingsOf(file: string, section: string): Map<string, string[]> {
  const settings = new Map<string, string[]>();
  let current = '';
  for (const line of textOf(`${FOLDER}/${file}`).split('\n')) {
    const [, header] = /^\[(\w+)\]$/u.exec(line) ?? [];
    const [, key, value] = /^(\w+)=(.*)$/u.exec(line) ?? [];
    if (header !== undefined) current = header;
    else if (key !== undefined && current === section) {
      settings.set(key, [...(settings.get(key) ?? []), value ?? '']);
    } else if (key === undefined && line !== '' && !line.startsWith('#')) {
      throw new Error(`${file}: ${line}: no setting`);
    }
  }
  return settings;
}

/** https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Sandboxing */
const SANDBOX: Readonly<Record<string, string>> = {
  DynamicUser: 'yes',
  NoNewPrivileges: 'yes',
  CapabilityBoundingSet: '',
  ProtectSystem: 'strict',
  ProtectHome: 'yes',
  PrivateTmp: 'yes',
  PrivateDevices: 'yes',
  PrivateUsers: 'yes',
  ProtectClock: 'yes',
  ProtectControlGroups: 'yes',
  ProtectHostname: 'yes',
  ProtectKernelLogs: 'yes',
  ProtectKernelModules: 'yes',
  ProtectKernelTunables: 'yes',
  LockPersonality: 'yes',
  RestrictNamespaces: 'yes',
  RestrictRealtime: 'yes',
  RestrictSUIDSGID: 'yes',
  SystemCallArchitectures: 'native',
  UMask: '0077',
  StateDirectory: 'nhi',
  StateDirectoryMode: '0700',
};

/** The units, with a program that is on every machine in the place of nhi. */
async function installed(): Promise<string> {
  const folder = await tempDir();
  await mkdir(folder, { recursive: true });
  for (const name of namesIn(FOLDER)) {
    await writeFile(
      join(folder, name),
      textOf(`${FOLDER}/${name}`).replaceAll('/usr/local/bin/nhi', process.execPath),
    );
  }
  return folder;
}

describe('the units for systemd', () => {
  it('are an agent that stays, and one that a timer starts', () => {
    expect(namesIn(FOLDER)).toEqual(['nhi-agent-once.service', 'nhi-agent-once.timer', 'nhi-agent.service']);
    expect(settingsOf('nhi-agent-once.timer', 'Timer').get('Persistent')).toEqual(['true']);
    expect(settingsOf('nhi-agent-once.service', 'Service').get('Type')).toEqual(['oneshot']);
    expect(settingsOf('nhi-agent.service', 'Service').get('Type')).toEqual(['exec']);
  });

  it.each(SERVICES)('run a command line that the program takes, with data where it may write: %s', (file) => {
    const service = settingsOf(file, 'Service');
    const [program, ...words] = (service.get('ExecStart')?.[0] ?? '').split(' ');
    expect(program).toBe('/usr/local/bin/nhi');
    expect(words[0]).toBe('agent');
    expect(words.includes('--once')).toBe(file === 'nhi-agent-once.service');
    expect(() => parseWords(words)).not.toThrow();
    expect(words.at(-1)).toBe(`/var/lib/${service.get('StateDirectory')?.[0]}`);
  });

  it.each(SERVICES)('take away what nhi does not need: %s', (file) => {
    const service = settingsOf(file, 'Service');
    for (const [key, value] of Object.entries(SANDBOX)) expect(service.get(key), key).toEqual([value]);
    expect(service.get('SystemCallFilter')).toEqual(['@system-service', '~@privileged']);
  });

  it('share their sandbox to the letter', () => {
    const [agent, once] = SERVICES.map(
      (file) => textOf(`${FOLDER}/${file}`).split('# What nhi may touch')[1],
    );
    expect(once?.trim()).toBe(agent?.split('[Install]')[0]?.trim());
  });

  it('do not start an agent again whose configuration is wrong', () => {
    const service = settingsOf('nhi-agent.service', 'Service');
    expect(service.get('Restart')).toEqual(['on-failure']);
    expect(service.get('RestartPreventExitStatus')).toEqual(['2']);
  });

  it.skipIf(SYSTEMD === 0)('are valid to systemd-analyze', async () => {
    const folder = await installed();
    const units = namesIn(FOLDER).map((name) => join(folder, name));
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...units], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it.skipIf(SYSTEMD < 250)('leave at most 2.0 of 10 open by systemd-analyze security', async () => {
    const folder = await installed();
    for (const file of SERVICES) {
      const words = ['security', '--offline=true', '--threshold=20', '--no-pager', join(folder, file)];
      const { status, stdout } = spawnSync('systemd-analyze', words, { encoding: 'utf8' });
      expect(stdout).toContain('Overall exposure level');
      expect(status, stdout).toBe(0);
    }
  });
});
