import { RCP_SERVICES, SERVICES } from './catalogue.generated.ts';

/** What AWS says an action does with what it is authorised for. */
export type AccessLevel = 'Read' | 'Write' | 'List' | 'Tagging' | 'Permissions management';

/** One service's actions: their numbers run from `first` to before `end`, in the order of `names`. */
export interface AwsService {
  /** The prefix in lower case, as in `s3`. */
  readonly prefix: string;
  readonly first: number;
  readonly end: number;
  /** The names without the prefix, as AWS spells them. */
  readonly names: readonly string[];
  /**
   * The ARN templates of its resource types. In one `@` stands for the account, `%` for a bucket's name and `*` for any
   * other part.
   */
  readonly templates: readonly string[];
}

/**
 * How many actions the catalogue knows: action numbers run from 0 to before it. The number ACTION_COUNT itself stands
 * for every action that the catalogue does not know.
 */
export function awsActionCount(): number {
  return catalogue().names.length;
}

/** The number of an action, asked in any case (`S3:getobject`); -1 where the catalogue does not know it. */
export function awsActionNumber(action: string): number {
  const colon = action.indexOf(':');
  const service = catalogue().services.get(action.slice(0, colon).toLowerCase());
  return service?.numbers.get(action.slice(colon + 1).toLowerCase()) ?? -1;
}

/** `service:Action` as AWS spells it. Throws RangeError where there is no such number. */
export function awsActionName(number: number): string {
  const { names } = catalogue();
  const name = names[number];
  if (name === undefined) throw new RangeError(`There is no AWS action ${number}.`);
  return `${serviceOf(number).prefix}:${name}`;
}

/** The access levels of an action, the most telling one first. Throws RangeError where there is no such number. */
export function awsAccessLevels(number: number): readonly AccessLevel[] {
  const levels = LEVELS.get((catalogue().letters[number] ?? '').toUpperCase());
  if (levels === undefined) throw new RangeError(`There is no AWS action ${number}.`);
  return levels;
}

/** Whether the action is known and knows no resource, so that only `Resource: "*"` reaches it. */
export function isWildcardOnly(number: number): boolean {
  return catalogue().types[number]?.length === 0;
}

/** Every service by its prefix, in alphabetical order. */
export function awsServices(): ReadonlyMap<string, AwsService> {
  return catalogue().services;
}

/** Whether resource control policies bind the resources of a service (prefix in lower case). */
export function supportsRcp(prefix: string): boolean {
  return rcpServices.has(prefix);
}

/** The service of an action. Throws RangeError where there is no such number. */
export function awsServiceOf(number: number): AwsService {
  return serviceOf(number);
}

/**
 * The resource types that the action is authorised on, as indexes of its service's templates; none for a wildcard-only
 * or unknown action.
 */
export function resourceTypes(number: number): readonly number[] {
  return catalogue().types[number] ?? [];
}

/** The ARN templates of the resource types that the action is authorised on. */
export function resourceTemplates(number: number): readonly string[] {
  const types = resourceTypes(number);
  if (types.length === 0) return [];
  const { templates } = serviceOf(number);
  return types.flatMap((type) => templates[type] ?? []);
}

interface ServiceEntry extends AwsService {
  readonly numbers: ReadonlyMap<string, number>;
}

interface Catalogue {
  readonly services: ReadonlyMap<string, ServiceEntry>;
  readonly inOrder: readonly ServiceEntry[];
  readonly names: readonly string[];
  /** A letter an action: its level, in lower case where it is wildcard-only. */
  readonly letters: readonly string[];
  readonly types: readonly (readonly number[])[];
}

const LEVELS: ReadonlyMap<string, readonly AccessLevel[]> = new Map<string, readonly AccessLevel[]>([
  ['R', ['Read']],
  ['W', ['Write']],
  ['L', ['List']],
  ['T', ['Tagging', 'Write']],
  ['P', ['Permissions management', 'Write']],
]);

const rcpServices: ReadonlySet<string> = new Set(RCP_SERVICES.split(' '));

let read: Catalogue | undefined;

function catalogue(): Catalogue {
  return (read ??= unpack(SERVICES));
}

/** Reads the format that `src/tooling/pack-aws-catalogue.ts` describes. */
function unpack(packed: string): Catalogue {
  const names: string[] = [];
  const letters: string[] = [];
  const types: (readonly number[])[] = [];
  const lists = new Map<string, readonly number[]>([['', []]]);
  const inOrder = packed.split('\n').map((line): ServiceEntry => {
    const [prefix = '', templates = '', actions = ''] = line.split('\t');
    const first = names.length;
    for (const packedAction of actions.split(' ')) {
      const colon = packedAction.indexOf(':');
      letters.push(packedAction.charAt(0));
      names.push(colon < 0 ? packedAction.slice(1) : packedAction.slice(1, colon));
      types.push(listOf(colon < 0 ? '' : packedAction.slice(colon + 1), lists));
    }
    return serviceEntry(prefix, first, names.slice(first), templates.split(' '));
  });
  return { services: new Map(inOrder.map((entry) => [entry.prefix, entry])), inOrder, names, letters, types };
}

/** Actions of many services have the same lists of types: each list is made once. */
function listOf(text: string, lists: Map<string, readonly number[]>): readonly number[] {
  const before = lists.get(text);
  if (before !== undefined) return before;
  const list = text.split(',').map(Number);
  lists.set(text, list);
  return list;
}

function serviceEntry(
  prefix: string,
  first: number,
  names: readonly string[],
  templates: readonly string[],
): ServiceEntry {
  let numbers: ReadonlyMap<string, number> | undefined;
  return {
    prefix,
    first,
    end: first + names.length,
    names,
    templates,
    /** Made when first asked: most services of the catalogue never are. */
    get numbers() {
      return (numbers ??= new Map(names.map((name, index) => [name.toLowerCase(), first + index])));
    },
  };
}

function serviceOf(number: number): ServiceEntry {
  const { inOrder } = catalogue();
  let low = 0;
  let high = inOrder.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((inOrder[middle]?.first ?? Infinity) <= number) low = middle;
    else high = middle - 1;
  }
  const found = inOrder[low];
  if (found === undefined) throw new RangeError(`There is no AWS action ${number}.`);
  return found;
}
