/** What a query mentions, with the byte offset of each mention; null where DuckDB does not say where. */
export interface Mention {
  readonly name: string;
  readonly offset: number | null;
}

/** What a query's syntax tree is made of, as far as a rule must be held to it. */
export interface QueryParts {
  readonly functions: readonly (Mention & { readonly args: number })[];
  readonly tableFunctions: readonly Mention[];
  readonly tables: readonly Mention[];
  /** Columns without a table before them: SQL's value functions (`current_date`) look the same. */
  readonly bareColumns: readonly Mention[];
  readonly parameters: ReadonlySet<string>;
  readonly samples: boolean;
}

type Node = Readonly<Record<string, unknown>>;

/** Reads DuckDB's serialised syntax tree. It is DuckDB's own form: what is not recognised is passed over. */
export function queryParts(tree: unknown): QueryParts {
  const functions: (Mention & { args: number })[] = [];
  const tableFunctions: Mention[] = [];
  const tables: Mention[] = [];
  const bareColumns: Mention[] = [];
  const parameters = new Set<string>();
  let samples = false;
  for (const { node, parent } of nodes(tree)) {
    const offset = offsetOf(node);
    if (typeof node['function_name'] === 'string') {
      const name = lowerCase(node['function_name']);
      if (parent?.['type'] === 'TABLE_FUNCTION') tableFunctions.push({ name, offset });
      else
        functions.push({ name, offset, args: Array.isArray(node['children']) ? node['children'].length : 0 });
    }
    if (node['type'] === 'BASE_TABLE') tables.push({ name: tableName(node), offset });
    if (node['class'] === 'PARAMETER') parameters.add(String(node['identifier']));
    if (
      node['class'] === 'COLUMN_REF' &&
      Array.isArray(node['column_names']) &&
      node['column_names'].length === 1
    ) {
      bareColumns.push({ name: lowerCase(node['column_names'][0]), offset });
    }
    if (node['sample'] !== null && node['sample'] !== undefined) samples = true;
  }
  return { functions, tableFunctions, tables, bareColumns, parameters, samples };
}

/** Every object of the tree; a list of its own instead of recursion, since a query may nest deeper than the stack. */
function* nodes(tree: unknown): Generator<{ node: Node; parent: Node | null }> {
  const waiting: { value: unknown; parent: Node | null }[] = [{ value: tree, parent: null }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, parent } = next;
    if (Array.isArray(value)) {
      for (const item of value) waiting.push({ value: item, parent });
    } else if (isNode(value)) {
      yield { node: value, parent };
      for (const inner of Object.values(value)) waiting.push({ value: inner, parent: value });
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tableName(node: Node): string {
  const [schema, table] = [lowerCase(node['schema_name']), lowerCase(node['table_name'])];
  return schema === '' || schema === 'main' ? table : `${schema}.${table}`;
}

function lowerCase(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}

function offsetOf(node: Node): number | null {
  const offset = node['query_location'];
  // DuckDB writes the largest 64-bit number for "nowhere".
  return typeof offset === 'number' && offset < 2 ** 32 ? offset : null;
}
