import { BlockList, isIP } from 'node:net';
import { fits, type Pattern } from '../pattern.ts';
import { truthOf, type Truth } from '../truth.ts';
import type { Order, ValueComparison } from './operator.ts';

/** The text of the policy, as written and as a pattern whose variables are filled in. */
export interface Operand {
  readonly text: string;
  readonly pattern: Pattern;
}

/**
 * Whether the request's value matches the policy's; negation is not looked at. `unknown`: the policy's value is none
 * of the operator's type.
 */
export function matches(comparison: ValueComparison, operand: Operand, value: string): Truth {
  switch (comparison.of) {
    case 'string':
      return truthOf(
        comparison.ignoreCase ? sameLetters(operand.pattern, value) : fits(operand.pattern, value),
      );
    case 'number':
      return compareNumbers(parseNumber(operand.text), parseNumber(value), comparison.order);
    case 'date':
      return compareNumbers(parseDate(operand.text), parseDate(value), comparison.order);
    case 'bool':
      return compareBooleans(operand.text.toLowerCase(), value.toLowerCase());
    case 'binary':
      return truthOf(Buffer.from(operand.text, 'base64').equals(Buffer.from(value, 'base64')));
    case 'ip':
      return compareAddress(operand.text, value);
    case 'arn':
      return truthOf(fits(operand.pattern, value));
  }
}

/** The pattern is text alone: `…IgnoreCase` knows no wildcards, and its variables are filled in. */
function sameLetters(pattern: Pattern, value: string): boolean {
  const text = pattern.map((part) => (typeof part === 'string' ? part : '')).join('');
  return text.toLowerCase() === value.toLowerCase();
}

function compareNumbers(policy: number | null, request: number | null, order: Order): Truth {
  if (policy === null) return 'unknown';
  if (request === null) return 'no';
  switch (order) {
    case 'equal':
      return truthOf(request === policy);
    case 'less':
      return truthOf(request < policy);
    case 'less-or-equal':
      return truthOf(request <= policy);
    case 'greater':
      return truthOf(request > policy);
    case 'greater-or-equal':
      return truthOf(request >= policy);
  }
}

function compareBooleans(policy: string, request: string): Truth {
  return policy === 'true' || policy === 'false' ? truthOf(policy === request) : 'unknown';
}

function parseNumber(text: string): number | null {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)$/u.test(text.trim()) ? Number(text) : null;
}

/** Milliseconds since 1970 of a W3C date (UTC where it names no zone) or of seconds since 1970. */
export function parseDate(text: string): number | null {
  const date =
    /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?)?)?$/iu.exec(
      text.trim(),
    );
  if (date === null) return /^\d{5,}$/u.test(text.trim()) ? Number(text) * 1000 : null;
  const [, year, month = '01', day = '01', time = '00:00', zone = 'Z'] = date;
  const instant = Date.parse(`${year}-${month}-${day}T${time}${zone}`);
  return Number.isNaN(instant) ? null : instant;
}

function compareAddress(policy: string, request: string): Truth {
  const [network = '', bits] = policy.split('/');
  const family = familyOf(network);
  const most = family === 'ipv4' ? 32 : 128;
  const prefix = bits === undefined ? most : Number(bits);
  if (family === null || !Number.isInteger(prefix) || prefix < 0 || prefix > most) return 'unknown';
  if (familyOf(request) !== family) return 'no';
  const list = new BlockList();
  list.addSubnet(network, prefix, family);
  return truthOf(list.check(request, family));
}

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address);
  return version === 0 ? null : version === 4 ? 'ipv4' : 'ipv6';
}
