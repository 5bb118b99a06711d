import { createPrivateKey } from 'node:crypto';
import { openLedger } from '#ledger/open-ledger.ts';

/** Appends numbers to a ledger and prints each once it is entered: `writer-child.ts DATA NAME COUNT`. */
const [dataDir = '', name = '', count = '0'] = process.argv.slice(2);
const key = createPrivateKey(process.env['LEDGER_TEST_KEY'] ?? '');
const ledger = openLedger(dataDir, key, () => new Date().toISOString());
for (let n = 0; n < Number(count); n++) {
  await ledger.append({ kind: 'scan', body: { name, n } });
  process.stdout.write(`${n}\n`);
}
