import { join } from 'node:path';
import { agentSchema, type AgentConfig } from '#config/agent.ts';
import type { AgentEvent } from '#agent/events.ts';
import type { FindingFact, RunFacts } from '#agent/facts.ts';
import { diskFiles, type AgentFiles } from '#agent/files.ts';
import type { AgentOptions } from '#agent/options.ts';
import type { AgentWork } from '#agent/work.ts';
import { tempDir } from '../temp-dir.ts';

/** 2026-11-20, noon. */
export const NOON = Date.parse('2026-11-20T12:00:00Z');

/** An agent's surroundings whose clock moves only when somebody sleeps. */
export interface World {
  readonly options: AgentOptions;
  readonly events: AgentEvent[];
  /** Times at which scans began. */
  readonly scans: number[];
  readonly stop: AbortController;
  /** The clock, which a test may set. */
  time: number;
}

/** What a test has to say of the surroundings. */
export interface Wishes {
  readonly config?: object;
  readonly folder?: string;
  readonly files?: AgentFiles;
  readonly work?: Partial<AgentWork>;
  /** After how many milliseconds of sleep the agent is stopped, wherever the clock is then. */
  readonly lasting?: number;
  readonly time?: number;
  readonly asleep?: (world: World) => void;
}

/** A world in which a scan finds nothing and takes no time. */
export async function world(wishes: Wishes = {}): Promise<World> {
  const stop = new AbortController();
  const folder = wishes.folder ?? join(await tempDir(), 'agent');
  const scans: number[] = [];
  const events: AgentEvent[] = [];
  const lasting = wishes.lasting ?? 60_000;
  let slept = 0;
  const here: World = {
    events,
    scans,
    stop,
    time: wishes.time ?? NOON,
    options: {
      config: config(wishes.config),
      folder,
      files: wishes.files ?? diskFiles,
      work: {
        readBy: () => ['estate'],
        scan: async () => facts(),
        writeReport: async () => 'text/plain',
        prune: async () => [],
        regrowth: async () => [],
        lookAgain: async (_schedule, revocation) => ({ revocation, verdict: 'proved', detail: null }),
        ...wishes.work,
      },
      toolVersion: '0.0.0',
      now: () => here.time,
      sleep: async (milliseconds, signal) => {
        // Files take their time beside a clock that takes none.
        await new Promise(setImmediate);
        here.time += milliseconds;
        slept += milliseconds;
        wishes.asleep?.(here);
        if (slept >= lasting) stop.abort(new Error('the test is over'));
        signal.throwIfAborted();
      },
      random: () => 0.5,
      secret: async () => 'secret',
      log: (event) => events.push(event),
      signal: stop.signal,
    },
  };
  const { scan } = here.options.work;
  const counted: AgentWork['scan'] = (schedule, signal) => {
    scans.push(here.time);
    return scan(schedule, signal);
  };
  return Object.assign(here, { options: { ...here.options, work: { ...here.options.work, scan: counted } } });
}

/** A configuration with the defaults filled in. */
export function config(agent: object = {}): AgentConfig {
  return agentSchema.parse({ schedules: [{ name: 'estate', every: '5s' }], listen: 'none', ...agent });
}

/** What a scan found. */
export function facts(change: Partial<RunFacts> = {}): RunFacts {
  return {
    snapshot: '20261120T120000Z-000001',
    asOf: '2026-11-20T12:00:00.000Z',
    numbers: {
      findings: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
      unknown: 0,
      feeds: { complete: 1, total: 1 },
      kpis: [],
      drift: 0,
      gatePassed: true,
    },
    gate: { passed: true, causes: [] },
    findings: [],
    drift: [],
    feeds: [{ scopeUid: 'aws:1', feed: 'identities', complete: true }],
    ...change,
  };
}

/** A critical finding that the gate fails on. */
export function finding(id: string, change: Partial<FindingFact> = {}): FindingFact {
  return {
    id,
    ruleId: 'a-rule',
    severity: 'critical',
    status: 'fail',
    title: 'Something is wrong',
    system: 'aws',
    scopeUid: 'aws:1',
    identityUid: `arn:aws:iam::1:user/${id}`,
    outcome: 'fails',
    ...change,
  };
}
