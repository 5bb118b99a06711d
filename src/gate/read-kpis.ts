import { KPIS, type Kpi } from '#model/kpi.ts';
import type { Reader } from '#store/reader.ts';

/** The metrics of a snapshot, of all systems together and of each, in the order of `KPIS`. */
export async function readKpis(reader: Reader): Promise<Kpi[]> {
  const rows = await reader.all<Kpi>('SELECT * FROM kpis ORDER BY system NULLS FIRST');
  return KPIS.flatMap(({ name }) => rows.filter((row) => row.name === name));
}
