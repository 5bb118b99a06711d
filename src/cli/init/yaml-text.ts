/** A value as YAML knows it. */
export type Plain = null | boolean | number | string | readonly Plain[] | Mapping;

/** An object; what is not defined is not written. */
export interface Mapping {
  readonly [key: string]: Plain | undefined;
}

/** A line of a block, and how far it is in. */
export interface BlockLine {
  readonly indent: number;
  readonly text: string;
}

/** Whether a value is an object. */
export function isMapping(value: Plain | undefined): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is written behind its key. */
export function isInline(value: Plain): boolean {
  return !isMapping(value) && !(Array.isArray(value) && value.some((each: Plain) => !isScalar(each)));
}

/** A scalar, or a list of them, in one line. */
export function inline(value: Plain): string {
  return Array.isArray(value) ? `[${value.map(inline).join(', ')}]` : scalar(value);
}

/** An object, or a list, in lines. */
export function blockOf(value: Plain): BlockLine[] {
  if (Array.isArray(value)) {
    return value.flatMap((each: Plain) => {
      const [first, ...rest] = isInline(each) ? [{ indent: 0, text: inline(each) }] : blockOf(each);
      return [
        { indent: 0, text: `- ${first?.text ?? '{}'}` },
        ...rest.map(({ indent, text }) => ({ indent: indent + 2, text })),
      ];
    });
  }
  return Object.entries(isMapping(value) ? value : {}).flatMap(([key, each]) => {
    if (each === undefined) return [];
    if (isInline(each)) return [{ indent: 0, text: `${scalar(key)}: ${inline(each)}` }];
    return [
      { indent: 0, text: `${scalar(key)}:` },
      ...blockOf(each).map(({ indent, text }) => ({ indent: indent + 2, text })),
    ];
  });
}

/** Words that no reader of YAML takes for anything but text. */
const WORD = /^[A-Za-z._][\w./-]*(?<![.:])$/u;
const NOT_TEXT = /^(?:y|n|yes|no|on|off|true|false|null|\.inf|\.nan|[._]+)$/iu;

/** One value on one line: whatever it holds, it ends neither the line nor the file. */
function scalar(value: Plain): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (WORD.test(value) && !NOT_TEXT.test(value)) return value;
  return JSON.stringify(value).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escaped);
}

/** https://yaml.org/spec/1.2.2/#57-escaped-characters */
function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff
    ? `\\U${code.toString(16).padStart(8, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}

function isScalar(value: Plain): boolean {
  return value === null || typeof value !== 'object';
}
