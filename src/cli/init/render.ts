import { z } from 'zod';
import { configSchema } from '#config/schema.ts';
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

/** The parts of a JSON schema that are written out. */
interface Schema {
  readonly description?: string;
  readonly default?: Plain;
  readonly const?: Plain;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

/** One line: `about` explains, `off` is a setting that is switched off. */
interface Line {
  readonly kind: 'about' | 'on' | 'off';
  readonly indent: number;
  readonly text: string;
}

const WIDTH = 100;

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
  const variants = schema.items?.oneOf ?? (schema.items?.properties === undefined ? [] : [schema.items]);
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

/** Whether an object is of a kind: what the schema says it always holds, it holds. */
function fits({ properties = {} }: Schema, item: Mapping): boolean {
  return Object.entries(properties).every(
    ([key, schema]) => schema.const === undefined || schema.const === item[key],
  );
}

/** What an entry holds first, so that it can begin with it; what else it could hold only where all is explained. */
function inOrder({ properties = {} }: Schema, item: Mapping, isExplained: boolean): Schema {
  const all = Object.entries(properties);
  const held = all.filter(([key]) => item[key] !== undefined);
  const rest = all.filter(([key]) => item[key] === undefined);
  return { properties: Object.fromEntries(isExplained ? [...held, ...rest] : held) };
}

/** The lines of an entry of a list. */
function dashed(lines: readonly Line[]): Line[] {
  const first = lines.findIndex(({ kind }) => kind !== 'about');
  return lines.map((line, at) =>
    at === first
      ? { ...line, indent: line.indent - 2, text: `- ${line.text}` }
      : at < first
        ? { ...line, indent: line.indent - 2 }
        : line,
  );
}

function explain(about: string, indent: number): Line[] {
  const lines: string[] = [];
  for (const word of about.split(/\s+/u).filter((each) => each !== '')) {
    const last = lines.at(-1);
    if (last === undefined || indent + last.length + word.length + 3 > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((text) => ({ kind: 'about', indent, text }));
}

function lineText({ kind, indent, text }: Line): string {
  const mark = { about: '# ', off: '#', on: '' }[kind];
  return `${' '.repeat(indent)}${mark}${text}\n`;
}

/** A default that says something. */
function shownDefault(schema: Schema): Plain | undefined {
  const value = schema.default;
  const isNothing =
    value === null ||
    (Array.isArray(value) && value.length === 0) ||
    (isMapping(value) && Object.keys(value).length === 0);
  return isNothing ? undefined : value;
}

function mapping(value: Plain | undefined): Mapping {
  return isMapping(value) ? value : {};
}

function list(value: Plain | undefined): readonly Mapping[] {
  return Array.isArray(value) ? value.filter(isMapping) : [];
}
