import { access, readFile } from 'node:fs/promises';
import type { ChannelConfig, SecretSource } from '#config/agent/notify.ts';
import type { LoadedConfig } from '#config/load-config.ts';
import { ConfigError } from '#model/errors.ts';
import { reports } from '#reports/index.ts';
import { nameOf } from '#scan/collect-live.ts';
import type { Io } from '../io.ts';

/** Checks before the first run what would fail at night: names, files and secrets that are not there. Throws ConfigError. */
export async function checkAgent(config: LoadedConfig, io: Io): Promise<void> {
  const { schedules, notify } = config.agent;
  const channels = notify.map(({ name }) => name);
  const webhooks = notify.filter(({ kind }) => kind === 'webhook').map(({ name }) => name);
  const formats = reports.map(({ format }) => format);
  const targets = config.targets.map(nameOf);
  for (const [at, schedule] of schedules.entries()) {
    const place = `agent.schedules.${at} (${schedule.name})`;
    known(schedule.targets ?? [], targets, `${place}: targets`);
    known(schedule.notify ?? [], channels, `${place}: notify`);
    known(
      schedule.reports.map(({ format }) => format),
      formats,
      `${place}: reports: format`,
    );
    known(
      schedule.reports.flatMap(({ to }) => (to === undefined ? [] : [to])),
      webhooks,
      `${place}: reports: to`,
    );
    for (const file of [schedule.gate.policy, ...(schedule.import ?? [])]) {
      if (file !== undefined) await access(file).catch(() => unreadable(place, file));
    }
  }
  for (const source of notify.flatMap(secretsOf)) await readSecret(source, io);
}

/** The value of a secret. Throws ConfigError where there is none. */
export async function readSecret(source: SecretSource, io: Io): Promise<string> {
  const place = 'env' in source ? `the environment variable ${source.env}` : source.file;
  const text =
    'env' in source ? io.env[source.env] : await readFile(source.file, 'utf8').catch(() => undefined);
  const value = text?.trim() ?? '';
  if (value !== '') return value;
  throw new ConfigError(`${place} holds no secret`, {
    hint: 'Channels under agent.notify in the configuration need it.',
  });
}

function secretsOf(channel: ChannelConfig): SecretSource[] {
  switch (channel.kind) {
    case 'webhook':
      return channel.secret === undefined ? [] : [channel.secret];
    case 'slack':
      return [channel.url];
    case 'email':
      return channel.login === undefined ? [] : [channel.login.user, channel.login.password];
    case 'folder':
      return [];
  }
}

function known(names: readonly string[], all: readonly string[], place: string): void {
  const unknown = names.find((name) => !all.includes(name));
  if (unknown === undefined) return;
  throw new ConfigError(`${place}: there is no ${unknown}`, {
    hint: all.length === 0 ? 'The configuration names none.' : `Choose from ${all.join(', ')}.`,
  });
}

function unreadable(place: string, file: string): never {
  throw new ConfigError(`${place}: ${file} cannot be read`, { hint: 'Check the path.' });
}
