import { InvalidArgumentError, Option, type Command } from 'commander';
import type { RowFormat } from './terminal/print-rows.ts';

/** Options that every command takes. */
export interface CommonOptions {
  readonly data?: string;
  readonly config?: string;
  readonly color: boolean;
  readonly quiet?: true;
  readonly verbose?: true;
}

/** Options of commands that read a snapshot. */
export interface SnapshotOptions extends CommonOptions {
  readonly snapshot?: string;
}

/** Options of commands that print rows. */
export interface RowOptions extends SnapshotOptions {
  readonly format: RowFormat;
  readonly limit?: number;
}

/** Adds the options that every command takes. */
export function withCommon(command: Command): Command {
  return command
    .option('--data <dir>', 'folder of the snapshots (default: .nhi, or `data` in the configuration)')
    .option('--config <file>', 'configuration file (default: nhi.yaml where there is one)')
    .option('--no-color', 'no colour; NO_COLOR does the same')
    .option('-q, --quiet', 'say nothing on stderr but errors')
    .option('-v, --verbose', 'say more on stderr');
}

/** Adds the choice of a snapshot too. */
export function withSnapshot(command: Command): Command {
  return withCommon(command).option(
    '--snapshot <id>',
    'a snapshot by id, start of an id, or as of a date (default: the latest)',
  );
}

/** Adds how rows are printed too. */
export function withRows(command: Command): Command {
  return withSnapshot(command)
    .addOption(
      new Option('--format <format>', 'how to print rows')
        .choices(['table', 'json', 'csv', 'ndjson'])
        .default('table'),
    )
    .option('--limit <n>', 'print at most so many rows', wholeNumber);
}

/** Gathers the values of an option that may be given more than once, or as a list with commas. */
export function list(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...value.split(',').filter((part) => part !== '')];
}

/** Gathers the values of an option that may be given more than once; commas are part of a value. */
export function repeated(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** An option's whole number from 1 up. */
export function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new InvalidArgumentError('Not a whole number from 1 up.');
  return number;
}

/** As `list`, for words of a closed set, which are its `words`; names the set when one does not fit. */
export function listOf<Word extends string>(words: readonly Word[]) {
  const parse = (value: string, before: readonly Word[] = []): readonly Word[] => [
    ...before,
    ...list(value).map((part) => {
      const word = words.find((each) => each === part);
      if (word === undefined) throw new InvalidArgumentError(`Choose from ${words.join(', ')}.`);
      return word;
    }),
  ];
  return Object.assign(parse, { words });
}
