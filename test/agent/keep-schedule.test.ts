import { describe, expect, it } from 'vitest';
import { runAgent, runOnce } from '#agent/agent.ts';
import { keepSchedule } from '#agent/keep-schedule.ts';
import { openOutbox } from '#agent/outbox.ts';
import { turns } from '#agent/turns.ts';
import { diskFull, failingDisk } from './failing-disk.ts';
import { facts, NOON, world, type World } from './world.ts';

/** Keeps the one schedule of a world until it ends. */
async function keep({ options }: World): Promise<void> {
  const outbox = await openOutbox(`${options.folder}/outbox`, options.files, options.log);
  const [schedule] = options.config.schedules;
  if (schedule === undefined) throw new Error('no schedule');
  await (await keepSchedule(schedule, { ...options, outbox, takeTurn: turns() })).keep();
}

const secondsOf = (times: readonly number[]) => times.map((time) => (time - NOON) / 1000);
const named = ({ events }: World, name: string) => events.filter(({ event }) => event === name);

describe('a schedule', () => {
  it('runs at its times until it is stopped', async () => {
    const here = await world({ lasting: 20_000 });
    await keep(here);
    expect(secondsOf(here.scans)).toEqual([0, 5, 10, 15]);
    expect(named(here, 'run-started')[0]).toMatchObject({ reason: 'first' });
    expect(named(here, 'run-started')[1]).toMatchObject({ reason: 'scheduled' });
  });

  it('skips times that pass while a run goes on, and says how many', async () => {
    const here: World = await world({
      lasting: 9000,
      work: {
        scan: async () => {
          here.time += 12_000;
          return facts();
        },
      },
    });
    await keep(here);
    expect(secondsOf(here.scans)).toEqual([0, 15, 30]);
    expect(named(here, 'runs-skipped')).toMatchObject([{ count: 2 }, { count: 2 }, { count: 2 }]);
  });

  it('makes up once for what was missed while nobody ran', async () => {
    const before = await world({ lasting: 6000 });
    await keep(before);
    const { folder } = before.options;
    const after = await world({ folder, time: NOON + 3_600_000, lasting: 8000 });
    await keep(after);
    expect(secondsOf(after.scans)).toEqual([3600, 3605]);
    expect(named(after, 'run-started')[0]).toMatchObject({ reason: 'caught-up', missed: 718 });
  });

  it('makes up once where the clock is set ahead', async () => {
    let jumped = false;
    const here = await world({
      lasting: 16_000,
      asleep: (inside) => {
        if (jumped || inside.time < NOON + 10_000) return;
        jumped = true;
        inside.time += 86_400_000;
      },
    });
    await keep(here);
    expect(secondsOf(here.scans)).toEqual([0, 5, 86_410, 86_415]);
  });

  it('neither repeats nor starves where the clock is set back by a day, and says so', async () => {
    let jumped = false;
    const here = await world({
      lasting: 30_000,
      asleep: (inside) => {
        if (jumped || inside.time < NOON + 10_000) return;
        jumped = true;
        inside.time -= 86_400_000 + 1000;
      },
    });
    await keep(here);
    const [, second = 0, third = 0, ...more] = secondsOf(here.scans);
    // At ten seconds it is nine seconds past noon, the day before: the next run is at fifteen.
    expect([second, third + 86_400]).toEqual([5, 15]);
    expect(more.map((each) => each + 86_400)).toEqual([20, 25]);
    expect(named(here, 'clock-went-back')).toHaveLength(1);
  });

  it('begins a run anew that was killed, and after the second time waits for the next one', async () => {
    const killed = () => world({ work: { scan: () => new Promise(() => undefined) } });
    const first = await killed();
    const { folder } = first.options;
    void keep(first);
    await expect.poll(() => first.scans.length).toBe(1);
    const again = await world({
      folder,
      work: { scan: () => new Promise(() => undefined) },
      time: NOON + 1000,
    });
    void keep(again);
    await expect.poll(() => again.scans.length).toBe(1);
    expect(named(again, 'run-started')).toMatchObject([{ reason: 'interrupted' }]);
    const third = await world({ folder, time: NOON + 2000, lasting: 5000 });
    await keep(third);
    expect(secondsOf(third.scans)).toEqual([5]);
  });

  it('goes on where a scan fails', async () => {
    const here = await world({
      lasting: 12_000,
      work: { scan: () => Promise.reject(new Error('no route to host')) },
    });
    await keep(here);
    expect(secondsOf(here.scans)).toEqual([0, 5, 10]);
    expect(named(here, 'run-failed')).toHaveLength(3);
  });

  it('goes on at its times where the disk is full, repeats nothing, and says so', async () => {
    const full = failingDisk((call) => (call === 'write' ? diskFull() : null));
    const here = await world({ lasting: 12_000, files: full });
    await keep(here);
    expect(secondsOf(here.scans)).toEqual([0, 5, 10]);
    expect(named(here, 'problem')[0]).toMatchObject({ problem: expect.stringContaining('ENOSPC') });
  });

  it('is brought forward by a revocation that is to be looked at again, and looks at it once', async () => {
    const here: World = await world({
      config: { schedules: [{ name: 'estate', every: '6h' }] },
      lasting: 3_600_000,
      work: {
        regrowth: async (_schedule, looked) =>
          'rev-1' in looked ? [] : [{ revocation: 'rev-1', at: NOON + 1_200_000 }],
      },
    });
    await keep(here);
    expect(secondsOf(here.scans)).toEqual([0, 1200]);
    expect(named(here, 'regrowth-checked')).toMatchObject([{ revocation: 'rev-1', verdict: 'proved' }]);
  });

  it('does not repeat a failing scan at once because a revocation is due', async () => {
    const here = await world({
      config: { schedules: [{ name: 'estate', every: '6h' }] },
      lasting: 700_000,
      work: {
        scan: () => Promise.reject(new Error('no route to host')),
        regrowth: async () => [{ revocation: 'rev-1', at: NOON - 1 }],
      },
    });
    await keep(here);
    expect(secondsOf(here.scans)).toEqual([0, 300, 600]);
  });
});

describe('schedules that read the same', () => {
  it('take turns, and others run side by side', async () => {
    const order: string[] = [];
    const takeTurn = turns();
    const work = (name: string, ticks: number) => async () => {
      order.push(`${name} begins`);
      for (let tick = 0; tick < ticks; tick += 1) await new Promise(setImmediate);
      order.push(`${name} ends`);
      if (name === 'a') throw new Error('a failure is no reason to wait for ever');
    };
    await Promise.allSettled([
      takeTurn(['x', 'y'], work('a', 20)),
      takeTurn(['y', 'z'], work('b', 1)),
      takeTurn(['w'], work('c', 1)),
    ]);
    expect(order).toEqual(['a begins', 'c begins', 'c ends', 'a ends', 'b begins', 'b ends']);
  });
});

describe('an agent in which something of ours breaks', () => {
  it('stops as a whole and throws it', async () => {
    const here = await world({
      config: { schedules: ['a', 'b'].map((name) => ({ name, every: '5s', data: name })) },
      lasting: Infinity,
      work: {
        readBy: ({ name }) => {
          if (name === 'b') throw new TypeError('a mistake');
          return [];
        },
      },
    });
    await expect(runAgent(here.options)).rejects.toThrow('a mistake');
    expect(named(here, 'stopped')).toHaveLength(1);
  });
});

describe('a single round', () => {
  it('with only those that are due leaves the others alone', async () => {
    const before = await world();
    await runOnce(before.options, true);
    const { folder } = before.options;
    expect((await runOnce((await world({ folder, time: NOON + 4000 })).options, true)).runs).toEqual([]);
    expect((await runOnce((await world({ folder, time: NOON + 5000 })).options, true)).runs).toHaveLength(1);
  });

  it('tells which schedules failed', async () => {
    const error = new Error('no route to host');
    const here = await world({ work: { scan: () => Promise.reject(error) } });
    expect((await runOnce(here.options, false)).runs).toEqual([{ schedule: 'estate', error }]);
  });
});
