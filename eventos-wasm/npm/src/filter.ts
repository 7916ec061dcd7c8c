import { failure } from './error.js';
import { copied, reading, word } from './json.js';
import type { Schema, TableName } from './schema.js';
import type { Json, TimeInput } from './values.js';

/** A condition on rows, as {@link Conditions} make it. */
export class Condition {
  /** @internal */
  constructor(readonly form: Json) {}
}

/** What `where` takes: a function from a table's columns to a condition, or to a list of conditions that all hold. */
export type Conditions<T extends TableName> = (columns: Schema[T]['columns']) => Condition | readonly Condition[];

/** All of the conditions hold. */
export function and(...conditions: readonly Condition[]): Condition {
  return new Condition({ and: forms(conditions) });
}

/** At least one of the conditions holds. */
export function or(...conditions: readonly Condition[]): Condition {
  return new Condition({ or: forms(conditions) });
}

/** The condition does not hold. */
export function not(condition: Condition): Condition {
  return new Condition({ not: forms([condition])[0] as Json });
}

/** A relation: whether rows have a related one. The selection must embed it. */
export interface Related {
  exists(): Condition;
}

/** Where a column may be null. */
export type IfNullable<Null> = [Null] extends [never] ? unknown : { isNull(): Condition; isNotNull(): Condition };

interface Equality<V> {
  eq(value: V): Condition;
  neq(value: V): Condition;
  in(values: readonly V[]): Condition;
  /** Differs, where null is a value like any other. */
  isDistinct(value: V): Condition;
}

interface Ordering<V> extends Equality<V> {
  gt(value: V): Condition;
  gte(value: V): Condition;
  lt(value: V): Condition;
  lte(value: V): Condition;
}

interface Patterns extends Ordering<string> {
  /** `%` stands for any text, `_` for any character. */
  like(pattern: string): Condition;
  ilike(pattern: string): Condition;
  likeAny(patterns: readonly string[]): Condition;
  likeAll(patterns: readonly string[]): Condition;
  ilikeAny(patterns: readonly string[]): Condition;
  ilikeAll(patterns: readonly string[]): Condition;
  /** A POSIX regular expression. */
  match(expression: string): Condition;
  imatch(expression: string): Condition;
  /** Text as it is written: nothing in it is a pattern. */
  contains(text: string): Condition;
  icontains(text: string): Condition;
  startsWith(text: string): Condition;
  istartsWith(text: string): Condition;
  endsWith(text: string): Condition;
  iendsWith(text: string): Condition;
  /** Words, in PostgreSQL's `to_tsquery` syntax; `config` is a language such as `english`. */
  textSearch(query: string, options?: { config?: string; type?: 'plain' | 'phrase' | 'web' }): Condition;
}

export type IdColumn<V, Null> = Equality<V> & IfNullable<Null>;
export type LabelColumn<V, Null> = Equality<V> & IfNullable<Null>;
export type TextColumn<Null> = Patterns & IfNullable<Null>;
export type NumberColumn<Null> = Ordering<number> & IfNullable<Null>;
export type TimeColumn<Null> = Ordering<TimeInput> & IfNullable<Null>;
export type JsonColumn<Null> = IfNullable<Null> & {
  /** The value has this in it. */
  containsJson(value: Json): Condition;
  containedBy(value: Json): Condition;
  eq(value: Json): Condition;
  /** A field's value as text, which is null where there is none. */
  text(...path: readonly [string | number, ...(string | number)[]]): TextColumn<null>;
  /** A field's value as JSON. */
  json(...path: readonly [string | number, ...(string | number)[]]): JsonColumn<null>;
};

/** The forms of what a `where` function gave. */
export function conditionsOf<T extends TableName>(conditions: Conditions<T>, subject: string): Json[] {
  if (typeof conditions !== 'function') {
    throw failure('invalid_input', `${subject}: pass a function of the columns, such as e => e.status.eq('published')`);
  }
  return reading(subject, () => conditionForms(conditions(anyColumns as unknown as Schema[T]['columns'])));
}

/** The forms of a condition, or of a list of them. */
export function conditionForms(given: unknown): Json[] {
  return forms(Array.isArray(given) ? (given as readonly unknown[]) : [given]);
}

function forms(conditions: readonly unknown[]): Json[] {
  return conditions.map((condition) => {
    if (!(condition instanceof Condition)) {
      throw failure('invalid_input', 'where: each condition is made of a column, such as e.status.eq(…), or of and, or, not');
    }
    return condition.form;
  });
}

/** Any name is a column here: the core knows which there are, and what was meant by one that is not. */
const anyColumns = new Proxy(Object.freeze({}), {
  get: (_, name) => (typeof name === 'string' ? new Column(name) : undefined),
});

/** The columns of every table, for conditions on embedded rows: `{ tickets: { status: 1, $where: columns.tickets.status.eq('active') } }`. */
export const columns = new Proxy(Object.freeze({}), { get: () => anyColumns }) as { readonly [T in TableName]: Schema[T]['columns'] };

const TEXT_SEARCH: Readonly<Record<string, string>> = Object.assign(Object.create(null), { plain: 'plfts', phrase: 'phfts', web: 'wfts' });

/** Every operator on a column; the types above say which a column has. */
class Column {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  #compare(operator: string, value: unknown): Condition {
    return new Condition([this.#name, operator, copied(value, `where ${this.#name}`)]);
  }


  eq(value: unknown) {
    return this.#compare('eq', value);
  }

  neq(value: unknown) {
    return this.#compare('neq', value);
  }

  in(values: unknown) {
    return this.#compare('in', values);
  }

  isDistinct(value: unknown) {
    return this.#compare('isdistinct', value);
  }

  gt(value: unknown) {
    return this.#compare('gt', value);
  }

  gte(value: unknown) {
    return this.#compare('gte', value);
  }

  lt(value: unknown) {
    return this.#compare('lt', value);
  }

  lte(value: unknown) {
    return this.#compare('lte', value);
  }

  isNull() {
    return this.#compare('is', null);
  }

  isNotNull() {
    return not(this.isNull());
  }

  like(pattern: unknown) {
    return this.#compare('like', pattern);
  }

  ilike(pattern: unknown) {
    return this.#compare('ilike', pattern);
  }

  likeAny(patterns: unknown) {
    return this.#compare('like(any)', patterns);
  }

  likeAll(patterns: unknown) {
    return this.#compare('like(all)', patterns);
  }

  ilikeAny(patterns: unknown) {
    return this.#compare('ilike(any)', patterns);
  }

  ilikeAll(patterns: unknown) {
    return this.#compare('ilike(all)', patterns);
  }

  match(expression: unknown) {
    return this.#compare('match', expression);
  }

  imatch(expression: unknown) {
    return this.#compare('imatch', expression);
  }

  contains(text: unknown) {
    return this.#compare('contains', text);
  }

  icontains(text: unknown) {
    return this.#compare('icontains', text);
  }

  startsWith(text: unknown) {
    return this.#compare('starts_with', text);
  }

  istartsWith(text: unknown) {
    return this.#compare('istarts_with', text);
  }

  endsWith(text: unknown) {
    return this.#compare('ends_with', text);
  }

  iendsWith(text: unknown) {
    return this.#compare('iends_with', text);
  }

  containsJson(value: unknown) {
    return this.#compare('cs', value);
  }

  containedBy(value: unknown) {
    return this.#compare('cd', value);
  }

  exists() {
    return new Condition([this.#name, 'exists']);
  }

  text(...path: unknown[]) {
    return new Column(this.#path(path, '->>'));
  }

  json(...path: unknown[]) {
    return new Column(this.#path(path, '->'));
  }

  textSearch(query: unknown, options?: { config?: unknown; type?: unknown }) {
    const subject = `where ${this.#name}`;
    const operator = options?.type === undefined ? 'fts' : TEXT_SEARCH[word(options.type, subject)];
    if (operator === undefined) throw failure('invalid_input', `${subject}: the type is plain, phrase or web`);
    return this.#compare(options?.config === undefined ? operator : `${operator}(${word(options.config, subject)})`, query);
  }

  #path(path: readonly unknown[], last: string): string {
    if (path.length === 0) throw failure('invalid_input', `where ${this.#name}: name a field`);
    return path.reduce<string>((found, field, index) => {
      const name = typeof field === 'number' ? String(field) : word(field, `where ${this.#name}`);
      return `${found}${index === path.length - 1 ? last : '->'}${name}`;
    }, this.#name);
  }
}
