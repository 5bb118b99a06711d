import type { Column } from './columns.ts';
import { effectiveGrants } from './views/effective-grants.ts';
import { identityUsage } from './views/identity-usage.ts';
import { kpiIdentities } from './views/kpi-identities.ts';
import { kpis } from './views/kpis.ts';

/** A view of a snapshot: derived from its tables whenever it is asked. */
export interface View {
  readonly name: string;
  readonly about: string;
  /** By column name, in the view's order. */
  readonly columns: Readonly<Record<string, Column>>;
  readonly sql: string;
}

/** Every view, in the order in which they are created. */
export const VIEWS: readonly View[] = [effectiveGrants, identityUsage, kpiIdentities, kpis];
