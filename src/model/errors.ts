/** What a person can do about an error: one line under the message. */
export interface ErrorDetails {
  readonly hint?: string;
  readonly cause?: unknown;
}

/** An error that the tool foresees: printed as one line and a hint, never as a stack. */
export abstract class KnownError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.hint = details.hint;
  }
}

/** The command line asks for something that does not exist or does not go together. Exit code 2. */
export class UsageError extends KnownError {}

/** A configuration, rule, policy or waiver file is wrong. Exit code 2. */
export class ConfigError extends KnownError {}

/** A source could not be read at all. One scope's failure is a coverage row instead. */
export class CollectError extends KnownError {}

/** A snapshot cannot be written, opened or understood. */
export class StoreError extends KnownError {}

/** A revocation was refused or stopped. */
export class RevocationError extends KnownError {}
