import type { PersonId } from '../people.ts';
import type { RoleName } from './roles.ts';
import type { Subscription } from './tenant.ts';

/** A role at a scope, by the scope's resource id. */
export interface Assigned {
  readonly role: RoleName;
  readonly at: string;
}

/** Whose tokens an application or managed identity lets in. */
export interface Federated {
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
}

/** A secret of an application; days before the export, so that what lies after it is negative. */
export interface Secret {
  readonly name: string;
  readonly made: number;
  readonly ends: number;
  readonly used: number | null;
}

/** An application with its service principal. */
export interface AppSpec {
  readonly name: string;
  readonly age: number;
  readonly owner: PersonId;
  /** Days before the export; null: the report knows no sign-in. */
  readonly signedIn: number | null;
  readonly secrets?: readonly Secret[];
  readonly federated?: readonly Federated[];
  /** Application permissions of Microsoft Graph. */
  readonly permissions?: readonly string[];
  readonly roles?: readonly Assigned[];
}

/** A user-assigned managed identity. */
export interface ManagedIdentitySpec {
  readonly name: string;
  readonly subscription: Subscription;
  readonly group: string;
  readonly team: string;
  readonly federated?: readonly Federated[];
  readonly roles?: readonly Assigned[];
}
