import {
  CollectError,
  ConfigError,
  KnownError,
  RevocationError,
  StoreError,
  UsageError,
} from '#model/errors.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { sanitise } from './terminal/sanitise.ts';

/** What to print for an error, and the exit code. A known error is a line and a hint; any other is a bug with its stack. */
export function describeError(error: unknown, interrupted: boolean): { text: string; code: ExitCode } {
  if (interrupted) return { text: 'Interrupted. Nothing half done is left behind.', code: EXIT.interrupted };
  if (error instanceof KnownError) {
    const hint = error.hint === undefined ? '' : `\n  ${sanitise(error.hint)}`;
    return { text: `error: ${sanitise(error.message)}${hint}`, code: codeOf(error) };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    text: `This is a bug in nhi-auditor. Please report it with these lines:\n${stack}`,
    code: EXIT.bug,
  };
}

function codeOf(error: KnownError): ExitCode {
  if (error instanceof UsageError || error instanceof ConfigError) return EXIT.usage;
  if (error instanceof CollectError || error instanceof StoreError) return EXIT.usage;
  if (error instanceof RevocationError) return EXIT.notProved;
  return EXIT.bug;
}
