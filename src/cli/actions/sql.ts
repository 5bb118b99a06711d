import { text } from 'node:stream/consumers';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { RowOptions } from '../options.ts';
import { onSnapshot } from '../settings.ts';
import { cellOf, printRows } from '../terminal/print-rows.ts';

/** `nhi sql` */
export function sqlAction(query: string, options: RowOptions, io: Io): Promise<ExitCode> {
  return onSnapshot(options, io, async (snapshot) => {
    const statement = query === '-' ? await text(io.stdin) : query;
    const all = await snapshot.all(statement);
    const rows = options.limit === undefined ? all : all.slice(0, options.limit);
    const names = Object.keys(rows[0] ?? {});
    await printRows(io, rows, {
      columns: names.map((name) => ({ title: name, value: (row) => cellOf(row[name]), flexible: true })),
      format: options.format,
      colour: options.color,
      empty: 'No rows.',
    });
    return EXIT.fine;
  });
}
