import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { AwsAssumptions } from '#access/aws/estate.ts';
import type { Decision } from '#model/decision.ts';
import { StoreError, UsageError } from '#model/errors.ts';
import type { System } from '#model/system.ts';
import { readAccessRecords, readAccessRecordsOf } from '#scan/read-access-records.ts';
import type { Reader } from '#store/reader.ts';
import { answererFor, type Answerer } from '../ask/engines.ts';
import { principalUids } from '../ask/principals.ts';
import { parseBatchLine, type Question } from '../ask/question.ts';
import { questionFrom } from '../ask/question-from-words.ts';
import type { CanOptions } from '../commands/can.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { print, type Io } from '../io.ts';
import { onSnapshot } from '../settings.ts';
import { paintFor, type Paint } from '../terminal/colour.ts';
import { sanitise } from '../terminal/sanitise.ts';

interface Words {
  readonly principal: string | undefined;
  readonly action: string | undefined;
  readonly resource: string | undefined;
}

/** `nhi can`: answers one question, or a file of them. The answer is the product: a denial is no failure. */
export function canAction(words: Words, options: CanOptions, io: Io): Promise<ExitCode> {
  const { principal, action, resource } = words;
  return onSnapshot(options, io, async (snapshot, { config }) => {
    const assumptions = { organization: config.aws.organization, asOf: snapshot.info.asOf };
    if (options.batch !== undefined) {
      if (principal !== undefined) throw new UsageError('--batch goes without PRINCIPAL and ACTION');
      await answerBatch(snapshot, options.batch, assumptions, io);
      return EXIT.fine;
    }
    if (principal === undefined || action === undefined) {
      throw new UsageError('PRINCIPAL and ACTION are missing', {
        hint: 'nhi can PRINCIPAL ACTION [RESOURCE], or --batch FILE',
      });
    }
    const question = await questionFrom(snapshot, { principal, action, resource }, options);
    const decision = await answerOne(snapshot, question, assumptions);
    const text =
      options.format === 'json'
        ? `${JSON.stringify(decision, null, 2)}\n`
        : decisionText(decision, paintFor(io, 'stdout', options.color));
    await print(io, text);
    return EXIT.fine;
  });
}

/** Reads only what this question needs: it is answered within a second on large estates too. */
async function answerOne(reader: Reader, question: Question, assumptions: AwsAssumptions): Promise<Decision> {
  const resource = question.system === 'kubernetes' ? null : question.request.resource;
  const principals = await principalUids(reader, question);
  const records = await readAccessRecordsOf(
    reader,
    question.system,
    principals,
    resource === null ? [] : [resource],
  );
  return (await answererFor(question.system, records, assumptions))(question);
}

async function answerBatch(reader: Reader, file: string, assumptions: AwsAssumptions, io: Io): Promise<void> {
  const input = file === '-' ? io.stdin : createReadStream(resolve(io.cwd, file), 'utf8');
  const answerers = new Map<System, Promise<Answerer>>();
  const answerer = (system: System): Promise<Answerer> => {
    const known =
      answerers.get(system) ??
      readAccessRecords(reader, system).then((all) => answererFor(system, all, assumptions));
    answerers.set(system, known);
    return known;
  };
  let pending = '';
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      io.signal.throwIfAborted();
      if (line.trim() === '') continue;
      pending += `${JSON.stringify(await answerLine(line, answerer))}\n`;
      if (pending.length > 64 * 1024) {
        await print(io, pending);
        pending = '';
      }
    }
  } catch (error) {
    if (isFileError(error))
      throw new UsageError(`${file}: cannot be read`, { hint: error.message, cause: error });
    throw error;
  }
  await print(io, pending);
}

async function answerLine(line: string, answerer: (system: System) => Promise<Answerer>): Promise<object> {
  const parsed = parseBatchLine(line);
  if ('problem' in parsed) {
    const reasons = [{ kind: 'not-understood', source: null, text: parsed.problem }];
    return { id: parsed.id, decision: 'unknown', reasons };
  }
  const { decision, reasons } = (await answerer(parsed.question.system))(parsed.question);
  return { id: parsed.id, decision, reasons };
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && !(error instanceof StoreError) && 'code' in error && 'syscall' in error;
}

function decisionText({ decision, reasons }: Decision, paint: Paint): string {
  const colour = { allowed: paint.green, conditional: paint.yellow, denied: paint.red, unknown: paint.dim }[
    decision
  ];
  const lines = reasons.map(({ kind, text, source }) => {
    const from = source === null || text.includes(source) ? '' : paint.dim(`  [${sanitise(source)}]`);
    return `  ${kind}: ${sanitise(text)}${from}\n`;
  });
  return `${paint.bold(colour(decision))}\n${lines.join('')}`;
}
