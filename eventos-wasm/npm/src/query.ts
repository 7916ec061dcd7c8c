import type { Connection, QueryForm, RequestForm } from './connection.js';
import { written } from './connection.js';
import { failure } from './error.js';
import { conditionsOf, type Conditions } from './filter.js';
import { copied, reading, word } from './json.js';
import type { Schema, TableName } from './schema.js';
import { selectionForm, type Checked, type Offered, type Selected } from './selection.js';
import type { Json } from './values.js';

/** How the server counts. */
export type Count = 'exact' | 'planned' | 'estimated';

/** Rows, and how many there are in all. */
export interface Counted<Row> {
  readonly rows: Row[];
  readonly total: number;
}

/** What `explain` shows besides the plan. */
export interface ExplainOptions {
  format?: 'text' | 'json';
  analyze?: boolean;
  verbose?: boolean;
  settings?: boolean;
  buffers?: boolean;
  wal?: boolean;
}

/** Where a row of an upsert is taken for one that is there. */
export interface UpsertOptions<T extends TableName> {
  /** The columns that tell rows apart; the primary key unless given. */
  onConflict?: readonly (keyof Schema[T]['row'] & string)[];
  /** Leaves the row that is there as it is. */
  ignoreDuplicates?: boolean;
}

/** A complete query: await it, as often as wanted; each time it is sent. It never changes: each setting makes another one. */
export interface Fetch<Result> extends PromiseLike<Result> {
  /** Gives the call up when the signal says so. */
  signal(signal: AbortSignal): Fetch<Result>;
  /** How long all tries together may take, in milliseconds. */
  timeout(milliseconds: number): Fetch<Result>;
  /** Sends a header with it. */
  header(name: string, value: string): Fetch<Result>;
  /** Asks another schema. */
  schema(name: string): Fetch<Result>;
  /** The request that it sends, without the server's address and keys. Needs `init()` done. */
  toRequest(): RequestForm;
}

/** A read of rows. */
export interface Select<T extends TableName, Row> extends Fetch<Row[]> {
  /** Rows for which these conditions hold, besides those from before. */
  where(conditions: Conditions<T>): Select<T, Row>;
  /** Orders by a column, after those from before; `venue(name)` orders by an embedded row's. */
  orderBy(
    column: (keyof Schema[T]['row'] & string) | `${keyof Schema[T]['relations'] & string}(${string})`,
    direction?: 'asc' | 'desc',
    options?: { nulls?: 'first' | 'last' },
  ): Select<T, Row>;
  limit(rows: number): Select<T, Row>;
  offset(rows: number): Select<T, Row>;
  /** Rows from one to another, both counted from 0 and given. */
  range(first: number, last: number): Select<T, Row>;
  /** The rows, and how many there are in all. */
  count(how?: Count): Fetch<Counted<Row>>;
  /** How many rows there are, without them. */
  total(how?: Count): Fetch<number>;
  /** Exactly one row; none or several are an error. */
  single(): Fetch<Row>;
  /** One row, or null; several are an error. */
  maybeSingle(): Fetch<Row | null>;
  /** Comma-separated values. */
  csv(): Fetch<string>;
  /** The server's plan. */
  explain(options?: ExplainOptions): Fetch<string>;
  /** All rows, a page at a time: `for await (const rows of query.pages(500))`. */
  pages(size: number): AsyncIterable<Row[]>;
  signal(signal: AbortSignal): Select<T, Row>;
  timeout(milliseconds: number): Select<T, Row>;
  header(name: string, value: string): Select<T, Row>;
  schema(name: string): Select<T, Row>;
}

/** Rows that a write gives back. */
export interface Returning<Row> extends Fetch<Row[]> {
  /** Exactly one row; where it is not, the write is undone. */
  expectOne(): Fetch<Row>;
}

interface WriteSettings<Self> {
  /** Undoes the write at its end: to see what it would do. */
  rollback(): Self;
  signal(signal: AbortSignal): Self;
  timeout(milliseconds: number): Self;
  header(name: string, value: string): Self;
  schema(name: string): Self;
}

/** New rows. */
export interface Insert<T extends TableName> extends Omit<Fetch<null>, keyof WriteSettings<never>>, WriteSettings<Insert<T>> {
  /** Gives the rows back; all columns where nothing is selected. */
  returning(): Returning<Schema[T]['row']>;
  returning<const S extends Offered<T>>(selection: S & NoInfer<Checked<T, S>>): Returning<Selected<T, S>>;
  /** Sends it again after a fault that may pass: the rows bring their own ids, so that they are made once. */
  repeatable(): Insert<T>;
  /** How many rows were written. */
  affected(): Fetch<number>;
}

/** An update or a delete that knows its rows. */
export interface Write<T extends TableName> extends Omit<Fetch<null>, keyof WriteSettings<never>>, WriteSettings<Write<T>> {
  where(conditions: Conditions<T>): Write<T>;
  /** Undoes the write where it would touch more rows. */
  maxAffected(rows: number): Write<T>;
  returning(): Returning<Schema[T]['row']>;
  returning<const S extends Offered<T>>(selection: S & NoInfer<Checked<T, S>>): Returning<Selected<T, S>>;
  /** How many rows it touched. */
  affected(): Fetch<number>;
}

/** An update or a delete of every row: it cannot be awaited before it says which rows it means. */
export interface Unfiltered<T extends TableName> {
  where(conditions: Conditions<T>): Write<T>;
  /** Means every row that the caller may write. */
  everyRow(): Write<T>;
  /** Nothing meets what this asks of `this`, so that `await` does not compile. */
  then(this: AddAFilter, fulfilled?: (value: never) => unknown, rejected?: (problem: unknown) => unknown): void;
}

declare const missing: unique symbol;
interface AddAFilter {
  readonly [missing]: 'this write would touch every row: add .where(…), or .everyRow() where that is meant';
}

/** A table or view: where queries begin. */
export interface ReadHandle<T extends TableName> {
  /** Reads rows; all columns where nothing is selected. */
  select(): Select<T, Schema[T]['row']>;
  select<const S extends Offered<T>>(selection: S & NoInfer<Checked<T, S>>): Select<T, Selected<T, S>>;
}

/** A table. */
export interface Handle<T extends TableName> extends ReadHandle<T> {
  insert(rows: Schema[T]['new'] | readonly Schema[T]['new'][]): Insert<T>;
  upsert(rows: Schema[T]['new'] | readonly Schema[T]['new'][], options?: UpsertOptions<T>): Insert<T>;
  update(patch: Schema[T]['patch']): Unfiltered<T>;
  delete(): Unfiltered<T>;
}

/** A handle of a table, at run time the same for all. */
export function handle<T extends TableName>(connection: Connection, from: T): Handle<T> {
  const query = (form: QueryForm) => new Query(connection, { from, ...form }) as unknown;
  return {
    select: (selection?: unknown) =>
      query(selection === undefined ? {} : { select: selectionForm(selection, 'select') }) as Select<T, never>,
    insert: (rows: unknown) => query({ insert: copied(rows, 'insert') }) as Insert<T>,
    upsert: (rows: unknown, options: UpsertOptions<T> = {}) =>
      reading('upsert', () =>
        query({
          upsert: copied(rows, 'upsert'),
          ...(options.onConflict !== undefined && { on_conflict: copied(options.onConflict, 'onConflict') }),
          ...(options.ignoreDuplicates !== undefined && { ignore_duplicates: copied(options.ignoreDuplicates, 'ignoreDuplicates') }),
        }),
      ) as Insert<T>,
    update: (patch: unknown) => query({ update: copied(patch, 'update') }) as Unfiltered<T>,
    delete: () => query({ delete: true }) as Unfiltered<T>,
  };
}

/** A call of a function of the database. */
export interface Call<Result> extends Fetch<Result> {
  /** Calls it with GET, which the server allows for functions that change nothing. */
  get(): Call<Result>;
  /** Sends it again after a fault that may pass: calling it twice does no more than once. */
  repeatable(): Call<Result>;
  signal(signal: AbortSignal): Call<Result>;
  timeout(milliseconds: number): Call<Result>;
}

/** A call of a function, at run time a query like any other. */
export function call<Result>(connection: Connection, name: string, args: object): Call<Result> {
  return new Query(connection, { call: copied(name, 'rpc'), args: copied(args, 'args') }) as unknown as Call<Result>;
}

/** A query in the core's JSON form. */
export function query<Result>(connection: Connection, form: QueryForm): Fetch<Result> {
  const given = copied(form, 'query');
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw failure('invalid_input', "query: pass an object, such as { from: 'events' }");
  }
  return new Query(connection, given as QueryForm) as unknown as Fetch<Result>;
}

/** Every query, as the interfaces above show it. */
class Query {
  readonly #connection: Connection;
  readonly #form: QueryForm;
  readonly #signal: AbortSignal | undefined;

  constructor(connection: Connection, form: QueryForm, signal?: AbortSignal) {
    this.#connection = connection;
    this.#form = form;
    this.#signal = signal;
  }

  #with(more: QueryForm): Query {
    return new Query(this.#connection, { ...this.#form, ...more }, this.#signal);
  }

  #list(name: string): readonly Json[] {
    const list = this.#form[name];
    return Array.isArray(list) ? (list as readonly Json[]) : [];
  }

  then(fulfilled?: (value: unknown) => unknown, rejected?: (problem: unknown) => unknown): Promise<unknown> {
    return this.#connection.query(this.#form, this.#signal).then(fulfilled, rejected);
  }

  where(conditions: Conditions<TableName>) {
    return this.#with({ where: [...this.#list('where'), ...conditionsOf(conditions, 'where')] });
  }

  everyRow() {
    return this.#with({ every_row: true });
  }

  orderBy(column: unknown, direction: unknown = 'asc', options?: { nulls?: unknown }) {
    return reading('orderBy', () => {
      if (direction !== 'asc' && direction !== 'desc') throw failure('invalid_input', 'orderBy: the direction is asc or desc');
      const nulls = options?.nulls;
      if (nulls !== undefined && nulls !== 'first' && nulls !== 'last') throw failure('invalid_input', 'orderBy: nulls come first or last');
      const key = `${word(column, 'orderBy')}.${direction}${nulls === undefined ? '' : `.nulls${nulls}`}`;
      return this.#with({ order: [...this.#list('order'), key] });
    });
  }

  limit(rows: unknown) {
    return this.#with({ limit: copied(rows, 'limit') });
  }

  offset(rows: unknown) {
    return this.#with({ offset: copied(rows, 'offset') });
  }

  range(first: unknown, last: unknown) {
    if (typeof first !== 'number' || typeof last !== 'number' || last < first) {
      throw failure('invalid_input', 'range: pass the first and the last row, counted from 0');
    }
    return this.#with({ offset: first, limit: last - first + 1 });
  }

  count(how: unknown = 'exact') {
    return this.#with({ count: copied(how, 'count') });
  }

  total(how: unknown = 'exact') {
    return this.#with({ answer: 'count', count: copied(how, 'total') });
  }

  single() {
    return this.#with({ answer: 'one' });
  }

  maybeSingle() {
    return this.#with({ answer: 'at_most_one' });
  }

  expectOne() {
    return this.#with({ answer: 'one' });
  }

  affected() {
    return this.#with({ answer: 'affected' });
  }

  csv() {
    return this.#with({ answer: 'csv' });
  }

  explain(options: unknown = {}) {
    return this.#with({ answer: 'plan', plan: copied(options, 'explain') });
  }

  returning(selection?: unknown) {
    return this.#with({ select: selection === undefined ? { '*': 1 } : selectionForm(selection, 'returning') });
  }

  maxAffected(rows: unknown) {
    return this.#with({ max_affected: copied(rows, 'maxAffected') });
  }

  rollback() {
    return this.#with({ rollback: true });
  }

  repeatable() {
    return this.#with({ repeatable: true });
  }

  get() {
    return this.#with({ method: 'GET' });
  }

  schema(name: unknown) {
    return this.#with({ schema: copied(name, 'schema') });
  }

  header(name: unknown, value: unknown) {
    const headers = (this.#form['headers'] ?? {}) as Record<string, Json>;
    return this.#with({ headers: { ...headers, [word(name, 'header')]: copied(value, 'header') } });
  }

  timeout(milliseconds: unknown) {
    return this.#with({ timeout_ms: copied(milliseconds, 'timeout') });
  }

  signal(signal: unknown) {
    return new Query(this.#connection, this.#form, signal as AbortSignal);
  }

  toRequest(): RequestForm {
    return written(this.#form);
  }

  pages(size: unknown): AsyncIterable<unknown[]> {
    if (typeof size !== 'number') throw failure('invalid_input', 'pages: pass how many rows a page has');
    const [connection, form, signal] = [this.#connection, this.#form, this.#signal];
    return {
      async *[Symbol.asyncIterator]() {
        let cursor: string | undefined;
        let left = typeof form['limit'] === 'number' ? form['limit'] : Infinity;
        while (left > 0) {
          const page = await connection.page(form, Math.min(size, left), cursor, signal);
          if (page.cursor === null) return;
          yield page.rows;
          left -= page.rows.length;
          cursor = page.cursor;
        }
      },
    };
  }
}
