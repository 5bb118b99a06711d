import { z } from 'zod';
import { configSchema } from '#config/schema.ts';
import { dashed, explain, lineText, type Line } from './lines.ts';
import { fits, inOrder, shownDefault, variantsOf, type Schema } from './schema.ts';
import { blockOf, inline, isInline, isMapping, type Mapping, type Plain } from './yaml-text.ts';

/** What the file says. Everything is in the shape of the configuration. */
export interface Contents {
  /** What was detected: switched on. */
  readonly on: Mapping;
  /** More entries for lists of `on`: switched off. */
  readonly spare: Mapping;
  /** What could be written where nothing was detected: switched off. */
  readonly examples: Mapping;
}

/**
 * Every option of the configuration in the schema's order, each explained in the schema's words. Explanations begin with
 * `# `; settings that are switched off with `#` alone, so that removing it switches them on.
 */
export function renderConfig({ on, spare, examples }: Contents): string {
  // The JSON schema is this shape as far as it is looked at here.
  const schema = z.toJSONSchema(configSchema, { io: 'input' }) as Schema;
  return Object.keys(schema.properties ?? {})
    .map((key) =>
      settings({ properties: only(schema, key) }, on, spare, examples, 0)
        .map(lineText)
        .join(''),
    )
    .join('\n');
}

function only({ properties = {} }: Schema, key: string): Record<string, Schema> {
  const found = properties[key];
  return found === undefined ? {} : { [key]: found };
}

/** The settings of an object. */
function settings(
  { properties = {} }: Schema,
  on: Mapping,
  spare: Mapping,
  examples: Mapping,
  indent: number,
): Line[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const example = examples[key] ?? shownDefault(schema);
    const code = setting(key, schema, { on: on[key], spare: spare[key], example }, indent);
    const about = schema.description ?? '';
    if (code.length > 0) return [...explain(about, indent), ...code];
    return explain(`${key}: ${about}`, indent);
  });
}

interface Choice {
  readonly on: Plain | undefined;
  readonly spare: Plain | undefined;
  readonly example: Plain | undefined;
}

/** A setting without its explanation; nothing where there is nothing to show. */
function setting(key: string, schema: Schema, { on, spare, example }: Choice, indent: number): Line[] {
  const kind = on === undefined ? 'off' : 'on';
  const head: Line = { kind, indent, text: `${key}:` };
  if (schema.properties !== undefined) {
    const inner = settings(schema, mapping(on), mapping(spare), mapping(example), indent + 2);
    return inner.some((line) => line.kind !== 'about') ? [head, ...inner] : [];
  }
  const value = on ?? example;
  if (value === undefined) return [];
  const variants = variantsOf(schema);
  if (variants.length > 0) {
    const items = entries(variants, { on, spare, example }, indent + 2);
    return items.length > 0 ? [head, ...items] : [];
  }
  if (isInline(value)) return [{ kind, indent, text: `${key}: ${inline(value)}` }];
  return [
    head,
    ...blockOf(value).map((line): Line => ({ kind, indent: indent + 2 + line.indent, text: line.text })),
  ];
}

/** The entries of a list of objects: the first of each kind is explained. */
function entries(variants: readonly Schema[], { on, spare, example }: Choice, indent: number): Line[] {
  const explained = new Set<Schema>();
  const exampleOf = (variant: Schema) => list(example).find((item) => fits(variant, item)) ?? {};
  const entry = (item: Mapping, kind: 'on' | 'off'): Line[] => {
    const variant = variants.find((each) => fits(each, item)) ?? {};
    const isFirst = !explained.has(variant);
    explained.add(variant);
    const own = kind === 'on' ? item : {};
    const other = isFirst ? { ...exampleOf(variant), ...item } : item;
    return dashed(settings(inOrder(variant, item, isFirst), own, {}, other, indent + 2));
  };
  const active = list(on);
  const missing = variants.filter((variant) => !active.some((item) => fits(variant, item)));
  return [
    ...active.flatMap((item) => entry(item, 'on')),
    ...list(spare).flatMap((item) => entry(item, 'off')),
    ...missing.map(exampleOf).flatMap((item) => (Object.keys(item).length === 0 ? [] : entry(item, 'off'))),
  ];
}

function mapping(value: Plain | undefined): Mapping {
  return isMapping(value) ? value : {};
}

function list(value: Plain | undefined): readonly Mapping[] {
  return Array.isArray(value) ? value.filter(isMapping) : [];
}
