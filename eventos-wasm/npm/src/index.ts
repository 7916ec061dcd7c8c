export { createClient, type Caller, type Eventos, type Settings } from './client.js';
export { init, initSync, type Source } from './init.js';
export { and, columns, not, or, type Condition, type Conditions } from './filter.js';
export {
  EventosError,
  isCancelled,
  isEventosError,
  isInvalidInput,
  isRetryable,
  isServerError,
  type ErrorKind,
} from './error.js';
export * from './codes.js';
export type * from './auth.js';
export type * from './flows.js';
export type { QueryForm, RequestForm } from './connection.js';
export type * from './query.js';
export type * from './schema.js';
export type { Checked, Expression, OrderKey, Selected } from './selection.js';
export type { SessionStorage } from './platform.js';
export { toDate, toInstant, type Id, type Json, type TimeInput, type Timestamp } from './values.js';
export { version } from './wasm/eventos.js';
