import type { System, Uid } from '#model/system.ts';

/** What a revocation needs before it is carried out; the configuration's `revocation`. */
export interface RevocationPolicy {
  /** Hours after which a plan is too old to be carried out. */
  readonly validHours: number;
  /** Days without use after which an identity counts as not in use. */
  readonly quietDays: number;
  /** Identities that are never revoked, by uid or name; `*` stands for any text. */
  readonly breakGlass: readonly string[];
  /** Identities that this program itself runs as. */
  readonly ownIdentities: readonly Uid[];
  /** Seconds until a change holds everywhere, by system, instead of what each action says. */
  readonly settleSeconds: Readonly<Partial<Record<System, number>>>;
  /** Approvals that a plan takes. `high`: it deletes, touches an administrator, or is held by a guard. */
  readonly approvals: { readonly low: number; readonly high: number };
}
