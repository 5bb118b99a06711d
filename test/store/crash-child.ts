import { writeSync } from 'node:fs';
import { createSnapshot } from '#store/write/create-snapshot.ts';
import { CRASH_ROWS, rowsOf } from './crash-rows.ts';

/** Scans one snapshot after the other into the folder, says on stdout what it begins to do, and waits to be killed. */
const [dataDir = '', startedAt = ''] = process.argv.slice(2);

for (let second = 0; ; second += 1) {
  const time = new Date(Date.parse(startedAt) + second * 1000).toISOString();
  say('creating');
  const staged = await createSnapshot(dataDir, { asOf: time, startedAt: time, toolVersion: '1.2.3' });
  say('writing');
  for (let row = 0; row < CRASH_ROWS; row += 700) {
    const { identities, grants } = rowsOf(row, Math.min(row + 700, CRASH_ROWS));
    await staged.write('identities', identities);
    await staged.write('grants', grants);
    if (row % 2800 === 0) await staged.settle();
  }
  say('publishing');
  await staged.publish(time);
  say(`published ${staged.id}`);
}

/** At once, so that nothing is still in a buffer when the process is killed. */
function say(what: string): void {
  writeSync(1, `${what}\n`);
}
