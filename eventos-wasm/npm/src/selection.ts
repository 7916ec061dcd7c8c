import { conditionForms, type Condition } from './filter.js';
import { failure } from './error.js';
import { copied, reading } from './json.js';
import type { Schema, TableName } from './schema.js';
import type { Json } from './values.js';

type Row<T extends TableName> = Schema[T]['row'];
type ColumnName<T extends TableName> = keyof Row<T> & string;
type Relations<T extends TableName> = Schema[T]['relations'];
type Target<T extends TableName, R> = R extends keyof Relations<T>
  ? Relations<T>[R] extends { to: infer U extends TableName }
    ? U
    : never
  : never;

/** What stands for a column under another name: itself, a path into its JSON, a cast, an aggregate. */
export type Expression<T extends TableName> =
  | ColumnName<T>
  | `${ColumnName<T>}->${string}`
  | `${ColumnName<T>}::${string}`
  | `${ColumnName<T>}.${'count' | 'sum' | 'avg' | 'min' | 'max'}()`
  | 'count()';

/** A key to order by: `start_at`, `name.desc`, `name.asc.nullslast`. */
export type OrderKey<T extends TableName> = ColumnName<T> | `${ColumnName<T>}.${'asc' | 'desc'}${'' | '.nullsfirst' | '.nullslast'}`;

/** Options of an embed, beside its columns. */
export interface EmbedOptions<T extends TableName> {
  /** Rows without a related one are left out. */
  readonly $inner?: boolean;
  /** Related rows for which these conditions hold, made of `columns.tickets` and its like. */
  readonly $where?: Condition | readonly Condition[];
  readonly $order?: readonly OrderKey<T>[];
  readonly $limit?: number;
  readonly $offset?: number;
}

/** The keys that an editor offers, and what it knows of them; {@link Checked} says what is right. */
export type Offered<T extends TableName> = EmbedOptions<T> & { readonly [K in ColumnName<T> | '*']?: 1 | true | string } & {
  readonly [R in keyof Relations<T>]?: Offered<Target<T, R>>;
} & { readonly [alias: string]: unknown };

/** A selection in which every key is a column, a relation, or another name for one; anything else is an error that says so. */
export type Checked<T extends TableName, S> = {
  [K in keyof S]: K extends ColumnName<T> | '*'
    ? 1 | true | (K extends '*' ? never : Expression<T>)
    : K extends keyof Relations<T>
      ? Embed<Target<T, K>, S[K]>
      : S[K] extends { $of: infer R }
        ? Embed<Target<T, R>, S[K]>
        : S[K] extends string
          ? Expression<T>
          : NoSuchColumnOrRelation<K>;
};

/** Nothing is of this type: the editor shows its name and the key. */
interface NoSuchColumnOrRelation<Key> {
  readonly 'no such column or relation': Key;
}

type Embed<T extends TableName, S> = {
  [K in keyof S]: K extends keyof EmbedOptions<T>
    ? EmbedOptions<T>[K]
    : K extends '$of'
      ? S[K]
      : Checked<T, S>[K];
};

/** The rows of a selection. */
export type Selected<T extends TableName, S> = Flat<
  ('*' extends keyof S ? Row<T> : unknown) & {
    -readonly [K in keyof S as K extends '*' | `$${string}` ? never : K]: Value<T, K, S[K]>;
  }
>;

type Flat<T> = { [K in keyof T]: T[K] };

type Value<T extends TableName, K, V> = V extends 1 | true
  ? K extends keyof Row<T>
    ? Row<T>[K]
    : never
  : V extends string
    ? Expressed<T, V>
    : V extends { $of: infer R }
      ? Related<T, R, V>
      : Related<T, K, V>;

type Related<T extends TableName, R, V> = R extends keyof Relations<T>
  ? Relations<T>[R] extends { many: true }
    ? Selected<Target<T, R>, V>[]
    : V extends { $inner: true }
      ? Selected<Target<T, R>, V>
      : Selected<Target<T, R>, V> | null
  : never;

type Expressed<T extends TableName, E extends string> = E extends keyof Row<T>
  ? Row<T>[E]
  : E extends 'count()' | `${string}.count()`
    ? number
    : E extends `${string}.${'sum' | 'avg' | 'min' | 'max'}()`
      ? unknown
      : E extends `${string}::text`
        ? string | null
        : E extends `${string}::${string}`
          ? unknown
          : E extends `${string}->>${string}`
            ? string | null
            : Json;

/** A selection as the core reads it. */
export function selectionForm(selection: unknown, path: string): Json {
  return reading(path, () => formOf(selection, path, 0));
}

const DEEPEST = 32;

function formOf(selection: unknown, path: string, depth: number): Json {
  if (depth > DEEPEST) throw failure('invalid_input', `${path}: it refers to itself, or is nested too deep`);
  if (typeof selection !== 'object' || selection === null || Array.isArray(selection)) {
    throw failure('invalid_input', `${path}: pass an object of what to select, such as { name: 1 }`);
  }
  const form: Record<string, Json> = Object.create(null) as Record<string, Json>;
  for (const [name, choice] of Object.entries(selection)) {
    if (choice === undefined) continue;
    const at = `${path}.${name}`;
    if (name === '$where') form[name] = conditionForms(choice);
    else if (typeof choice === 'object' && choice !== null && !Array.isArray(choice)) form[name] = formOf(choice, at, depth + 1);
    else form[name] = copied(choice, at);
  }
  return form;
}
