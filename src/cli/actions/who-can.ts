import type { AccessRecords } from '#access/engine.ts';
import type { Verdict } from '#model/decision.ts';
import { UsageError } from '#model/errors.ts';
import type { System } from '#model/system.ts';
import { readAccessRecords } from '#scan/read-access-records.ts';
import { answererFor, type Answerer } from '../ask/engines.ts';
import { makeQuestion } from '../ask/question-from-words.ts';
import type { WhoCanOptions } from '../commands/who-can.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { note, type Io } from '../io.ts';
import { onSnapshot } from '../settings.ts';
import { paintFor } from '../terminal/colour.ts';
import { printRows } from '../terminal/print-rows.ts';

interface Answer {
  readonly identity_uid: string;
  readonly identity_name: string;
  readonly managed_by: string;
  readonly decision: Verdict;
  /** The first reason, which decides. */
  readonly reason: string;
}

/** `nhi who-can`: puts one question for every identity of the system. */
export function whoCanAction(
  action: string,
  resource: string | undefined,
  options: WhoCanOptions,
  io: Io,
): Promise<ExitCode> {
  const system = options.system ?? systemOfAction(action);
  return onSnapshot(options, io, async (snapshot, { config }) => {
    const assumptions = { organization: config.aws.organization, asOf: snapshot.info.asOf };
    const records = await readAccessRecords(snapshot, system);
    const answer = await answererFor(system, records, assumptions);
    const answers = askEverybody(records, answer, system, { action, resource }, options);
    const wanted = new Set<Verdict>(
      options.all === true ? ['allowed', 'conditional', 'unknown'] : ['allowed', 'conditional'],
    );
    const rows = answers.filter(({ decision }) => wanted.has(decision)).slice(0, options.limit);
    const paint = paintFor(io, 'stdout', options.color);
    const colours = {
      allowed: paint.green,
      conditional: paint.yellow,
      denied: paint.red,
      unknown: paint.dim,
    };
    await printRows(io, rows, {
      columns: [
        {
          title: 'DECISION',
          value: (row) => row.decision,
          paint: (text, row) => colours[row.decision](text),
        },
        { title: 'IDENTITY', value: (row) => row.identity_uid, flexible: true },
        { title: 'BY', value: (row) => row.reason, flexible: true },
      ],
      format: options.format,
      colour: options.color,
      empty: 'Nobody.',
    });
    const unknown = answers.filter(({ decision }) => decision === 'unknown').length;
    if (unknown > 0 && options.all !== true && options.quiet !== true) {
      await note(
        io,
        `For ${unknown} of ${answers.length} identities the answer is unknown: --all lists them.`,
      );
    }
    return EXIT.fine;
  });
}

function askEverybody(
  records: AccessRecords,
  answer: Answerer,
  system: System,
  { action, resource }: { readonly action: string; readonly resource: string | undefined },
  options: WhoCanOptions,
): Answer[] {
  return records.identities
    .toSorted((a, b) => (a.uid < b.uid ? -1 : 1))
    .map(({ uid, name, managedBy }) => {
      const { decision, reasons } = answer(
        makeQuestion(system, { principal: uid, action, resource }, options),
      );
      return {
        identity_uid: uid,
        identity_name: name,
        managed_by: managedBy,
        decision,
        reason: reasons[0]?.text ?? '',
      };
    });
}

/** The system whose words an action is in. */
function systemOfAction(action: string): System {
  if (/^[A-Za-z0-9-]+:[A-Za-z*?]/u.test(action)) return 'aws';
  if (action.includes('/')) return 'azure';
  if (action.includes('.')) return 'gcp';
  if (/^[a-z*]+$/u.test(action)) return 'kubernetes';
  throw new UsageError(`${action}: no system has such an action`, { hint: 'Name the system with --system.' });
}
