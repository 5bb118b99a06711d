import { type Fields, objectOf, withoutSecrets } from '../fields.ts';
import type { EntityKind, Held, Holdings } from './entity.ts';
import { unwrap } from './unwrap.ts';

/** Collects what files or calls give, each thing once. */
export interface Intake {
  readonly holdings: Holdings;
  /** What could not be understood, with its place. */
  readonly problems: readonly string[];
  /** One value; `about` names the resource of a policy that does not say whose it is. */
  readonly add: (value: unknown, place: string, about?: string | null) => void;
  readonly problem: (detail: string) => void;
}

/** How many problems of one file or call are named. */
const MOST_PROBLEMS = 100;

/** An empty intake. */
export function createIntake(): Intake {
  const holdings = new Map<EntityKind, Held[]>();
  const at = new Map<string, number>();
  const problems: string[] = [];
  const counts = new Map<string, number>();
  const problem = (detail: string): void => {
    const source = detail.slice(0, Math.max(0, detail.indexOf(': ')));
    const count = (counts.get(source) ?? 0) + 1;
    counts.set(source, count);
    if (count < MOST_PROBLEMS) problems.push(detail);
    else if (count === MOST_PROBLEMS) problems.push(`${source}: and more like these`);
  };
  const keep = (entity: Held): void => {
    const held = holdings.get(entity.kind) ?? [];
    holdings.set(entity.kind, held);
    // Several files may hold a policy of one resource, at different times: their bindings are told apart later.
    const key = entity.kind === 'allow-policy' ? null : `${entity.kind} ${entity.name}`;
    const known = key === null ? undefined : at.get(key);
    const before = known === undefined ? undefined : held[known];
    if (known === undefined || before === undefined) {
      if (key !== null) at.set(key, held.length);
      held.push(entity);
    } else if (Object.keys(entity.fields).length > Object.keys(before.fields).length) {
      // A list leaves out what a description has: rules of deny policies, permissions of roles.
      held[known] = entity;
    }
  };
  return {
    holdings,
    problems,
    problem,
    add: (value, place, about = null) => {
      const { entities, unknown } = unwrap(value);
      if (unknown !== null) problem(`${place}: ${unknown}`);
      for (const entity of entities) {
        const name = entity.kind === 'allow-policy' && entity.name === '' ? about : entity.name;
        if (name === null) {
          problem(
            `${place}: an allow policy that does not say what it is on, and neither does the file’s name`,
          );
          continue;
        }
        const fields: Fields = objectOf(withoutSecrets(entity.fields)) ?? {};
        keep({ ...entity, name, fields, place });
      }
    },
  };
}
