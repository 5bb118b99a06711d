/** A statement of a policy, in the form and field order that people write. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** A policy that Acme wrote; `previous` are its older versions, oldest first. */
export interface PolicySpec {
  readonly name: string;
  readonly age: number;
  readonly statements: readonly Statement[];
  readonly previous?: readonly (readonly Statement[])[];
}

/** What an identity holds and whose it is. Ages and times of use are whole days before the export. */
interface PrincipalSpec {
  readonly name: string;
  readonly path?: string;
  readonly age: number;
  /** null: nobody wrote down whose it is. */
  readonly team: string | null;
  readonly tags?: Readonly<Record<string, string>>;
  /** Names of AWS-managed policies (with their path) or of the account's own. */
  readonly managed?: readonly string[];
  readonly inline?: Readonly<Record<string, readonly Statement[]>>;
  /** The name of the policy that is its permissions boundary. */
  readonly boundary?: string;
}

export interface RoleSpec extends PrincipalSpec {
  readonly trust: readonly Statement[];
  /** null: IAM saw no use within the time it tracks (400 days). */
  readonly used: number | null;
  readonly instanceProfile?: true;
}

/** An access key as the credential report tells it. */
export interface KeySpec {
  readonly active: boolean;
  readonly rotated: number;
  /** null: never used. */
  readonly used: number | null;
  readonly service?: string;
}

export interface UserSpec extends PrincipalSpec {
  readonly groups?: readonly string[];
  readonly password?: { readonly changed: number; readonly used: number | null; readonly mfa: boolean };
  readonly keys?: readonly [KeySpec] | readonly [KeySpec, KeySpec];
  /** Days since an X.509 signing certificate was uploaded. */
  readonly certificate?: number;
}

export interface GroupSpec {
  readonly name: string;
  readonly age: number;
  readonly managed?: readonly string[];
  readonly inline?: Readonly<Record<string, readonly Statement[]>>;
}

/** A `get-service-last-accessed-details` report to write for a role: days since use by service namespace. */
export interface LastAccessedSpec {
  readonly role: string;
  readonly services: Readonly<Record<string, number | null>>;
}

/** Everything of an account that is exported. */
export interface AccountSpec {
  readonly roles: readonly RoleSpec[];
  readonly users: readonly UserSpec[];
  readonly groups: readonly GroupSpec[];
  readonly policies: readonly PolicySpec[];
  readonly lastAccessed: readonly LastAccessedSpec[];
  readonly root: {
    readonly age: number;
    readonly password: number | null;
    readonly mfa: boolean;
    readonly key?: KeySpec;
  };
}
