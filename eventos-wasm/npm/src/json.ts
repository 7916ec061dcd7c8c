import { failure, isEventosError } from './error.js';
import type { Json } from './values.js';

const DEEPEST = 64;

/**
 * A value as JSON, copied. A field that is `undefined` is left out, as if it were not there; everything else that JSON
 * cannot say is refused, because `JSON.stringify` would change it without a word.
 */
export function copied(value: unknown, path: string): Json {
  return reading(path, () => copy(value, path, 0));
}

/** What reading a caller's value gives. One that throws while it is read, as a proxy or a function can, is refused with that as the cause. */
export function reading<Result>(subject: string, read: () => Result): Result {
  try {
    return read();
  } catch (thrown) {
    throw isEventosError(thrown) ? thrown : failure('invalid_input', `${subject}: reading it failed`, thrown);
  }
}

/** A caller's value as a word of a query. */
export function word(value: unknown, subject: string): string {
  if (typeof value !== 'string') throw failure('invalid_input', `${subject}: pass a text`);
  return value;
}

function copy(value: unknown, path: string, depth: number): Json {
  if (depth > DEEPEST) throw refused(path, 'it refers to itself, or is nested too deep');
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw refused(path, `${value} is no number that can be sent`);
      return value;
    case 'bigint':
      if (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) {
        throw refused(path, 'a number beyond 2^53 loses digits on its way: send it as a text');
      }
      return Number(value);
    case 'object':
      return value === null ? null : copyObject(value, path, depth);
    default:
      throw refused(path, `${typeof value} is no data`);
  }
}

function copyObject(value: object, path: string, depth: number): Json {
  if (Array.isArray(value)) {
    return Array.from(value, (element: unknown, index) => copy(element, `${path}[${index}]`, depth + 1));
  }
  if (value instanceof Date && Number.isNaN(value.getTime())) throw refused(path, 'an invalid Date');
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') {
    return copy((value as { toJSON(): unknown }).toJSON(), path, depth + 1);
  }
  if (Object.prototype.toString.call(value) !== '[object Object]') {
    throw refused(path, 'not a plain object, a list, a text, a number, true, false or null');
  }
  const fields: Record<string, Json> = Object.create(null) as Record<string, Json>;
  for (const [name, field] of Object.entries(value)) {
    if (field !== undefined) fields[name] = copy(field, `${path}.${name}`, depth + 1);
  }
  return fields;
}

function refused(path: string, problem: string) {
  return failure('invalid_input', `${path}: ${problem}`);
}
