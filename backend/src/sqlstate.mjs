// The HTTP status that PostgREST documents for an error of PostgreSQL.

const BY_CODE = {
  21000: 500,
  23503: 409,
  23505: 409,
  25006: 405,
  42883: 404,
  '42P01': 404,
  '42P17': 500,
  53400: 500,
  '57P01': 503,
  P0001: 400,
};

const BY_CLASS = {
  '08': 503,
  '09': 500,
  '0L': 403,
  '0P': 403,
  25: 500,
  28: 403,
  '2D': 500,
  38: 500,
  39: 500,
  '3B': 500,
  40: 500,
  53: 503,
  54: 413,
  55: 500,
  57: 500,
  58: 500,
  F0: 500,
  HV: 500,
  P0: 500,
  XX: 500,
};

/** The status for a SQLSTATE. 42501 is not here: it is 401 for a visitor and 403 for everybody else. */
export function httpStatus(sqlstate) {
  return BY_CODE[sqlstate] ?? BY_CLASS[sqlstate.slice(0, 2)] ?? 400;
}
