import type { Argument, Command, Option } from 'commander';

/** What is being typed, and where in the command line. */
export interface Position {
  /** The command that the words before name. */
  readonly command: Command;
  /** The option whose value is being typed; null: none. */
  readonly option: Option | null;
  /** The argument whose place this is; null: none. */
  readonly argument: Argument | null;
  /** Whether the name of a command could stand here. */
  readonly mayBeCommand: boolean;
  /** Whether an option could stand here. */
  readonly mayBeOption: boolean;
  /** The part of the word before what is typed: `--format=`. */
  readonly before: string;
  readonly typed: string;
}

/** Where the last of the words stands, by the rules that commander parses by. */
export function positionOf(program: Command, words: readonly string[]): Position {
  let command = program;
  let waiting: Option | null = null;
  let places = 0;
  let onlyArguments = false;
  for (const word of words.slice(0, -1)) {
    if (waiting !== null) waiting = null;
    else if (onlyArguments) places++;
    else if (word === '--') onlyArguments = true;
    else if (isOption(word)) waiting = optionNamed(command, word);
    else {
      const next = places === 0 ? commandsOf(command).find((each) => each.name() === word) : undefined;
      if (next === undefined) places++;
      else command = next;
    }
  }
  const last = words.at(-1) ?? '';
  const here = { command, option: waiting, argument: null, before: '', typed: last };
  if (waiting !== null) return { ...here, mayBeCommand: false, mayBeOption: false };
  const [, name = '', value] = /^(--[^=]+)=(.*)$/su.exec(last) ?? [];
  if (value !== undefined && !onlyArguments) {
    const option = optionNamed(command, name);
    return { ...here, option, before: `${name}=`, typed: value, mayBeCommand: false, mayBeOption: false };
  }
  const own = command.registeredArguments;
  const rest = own.at(-1)?.variadic === true ? own.at(-1) : undefined;
  return {
    ...here,
    argument: own[places] ?? rest ?? null,
    mayBeCommand: places === 0 && !onlyArguments,
    mayBeOption: !onlyArguments,
  };
}

/** The subcommands that help shows. */
export function commandsOf(command: Command): readonly Command[] {
  return command.createHelp().visibleCommands(command);
}

/** The options that a command takes, with those of the subcommand that runs where none is named. */
export function optionsOf(command: Command): readonly Option[] {
  const fallback = defaultOf(command);
  return [command, ...(fallback === undefined ? [] : [fallback])].flatMap((each) =>
    each.createHelp().visibleOptions(each),
  );
}

function defaultOf(command: Command): Command | undefined {
  // Commander keeps the default command's name to itself.
  const name: unknown = Reflect.get(command, '_defaultCommandName');
  return command.commands.find((each) => each.name() === name);
}

/** The option of that name, where it takes a value. */
function optionNamed(command: Command, name: string): Option | null {
  const option = optionsOf(command).find(({ long, short }) => long === name || short === name);
  return option?.required === true ? option : null;
}

function isOption(word: string): boolean {
  return word.startsWith('-') && word !== '-';
}
