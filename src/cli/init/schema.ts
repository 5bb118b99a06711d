import { isMapping, type Mapping, type Plain } from './yaml-text.ts';

/** The parts of a JSON schema that are written out. */
export interface Schema {
  readonly description?: string;
  readonly default?: Plain;
  readonly const?: Plain;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

/** The kinds of objects that a list holds; none where it holds something else. */
export function variantsOf({ items }: Schema): readonly Schema[] {
  return items?.oneOf ?? (items?.properties === undefined ? [] : [items]);
}

/** Whether an object is of a kind: what the schema says it always holds, it holds. */
export function fits({ properties = {} }: Schema, item: Mapping): boolean {
  return Object.entries(properties).every(
    ([key, schema]) => schema.const === undefined || schema.const === item[key],
  );
}

/** What an entry holds first, so that it can begin with it; what else it could hold only where all is explained. */
export function inOrder({ properties = {} }: Schema, item: Mapping, isExplained: boolean): Schema {
  const all = Object.entries(properties);
  const held = all.filter(([key]) => item[key] !== undefined);
  const rest = all.filter(([key]) => item[key] === undefined);
  return { properties: Object.fromEntries(isExplained ? [...held, ...rest] : held) };
}

/** A default that says something. */
export function shownDefault(schema: Schema): Plain | undefined {
  const value = schema.default;
  const isNothing =
    value === null ||
    (Array.isArray(value) && value.length === 0) ||
    (isMapping(value) && Object.keys(value).length === 0);
  return isNothing ? undefined : value;
}
