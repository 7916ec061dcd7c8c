/** A shape as the core writes it: fields, each with what it holds, and the shape of a related row or rows. */
type ShapeForm = readonly (readonly [name: string, holds: string, row?: ShapeForm])[];

type Check = (value: unknown) => boolean;

/** Whether an answer is one that JavaScript may keep: rows, or a row, of a shape, and none of its lists as long as the server makes one. */
export interface RowCheck {
  rows(value: unknown): value is readonly object[];
  row(value: unknown): value is object;
}

const LARGEST_CACHE = 200;
const compiled = new Map<string, RowCheck>();

/** The check for a shape, made once for each. What does not fit is the core's to judge: it says what is wrong. */
export function rowCheck(shape: string, maxRows: number): RowCheck {
  const key = `${maxRows} ${shape}`;
  let check = compiled.get(key);
  if (check === undefined) {
    if (compiled.size >= LARGEST_CACHE) compiled.clear();
    const row = compile(JSON.parse(shape) as ShapeForm, maxRows);
    const rows = list(row, maxRows);
    check = { row, rows } as RowCheck;
    compiled.set(key, check);
  }
  return check;
}

/** The check of a client that takes the server's word for what is in a row. */
export function anyRowCheck(maxRows: number): RowCheck {
  const row: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
  return { row, rows: list(row, maxRows) } as RowCheck;
}

function compile(shape: ShapeForm, maxRows: number): Check {
  const names = shape.map(([name]) => name);
  const checks = shape.map(([, holds, row]) => field(holds, row ?? [], maxRows));
  return (value) => {
    if (typeof value !== 'object' || value === null) return false;
    for (let index = 0; index < names.length; index += 1) {
      const field = (value as Record<string, unknown>)[names[index] as string];
      if (field === undefined || !(checks[index] as Check)(field)) return false;
    }
    return true;
  };
}

function field(holds: string, shape: ShapeForm, maxRows: number): Check {
  switch (holds) {
    case 'string':
      return (value) => typeof value === 'string';
    case 'string?':
      return (value) => value === null || typeof value === 'string';
    case 'integer':
      return (value) => Number.isSafeInteger(value);
    case 'integer?':
      return (value) => value === null || Number.isSafeInteger(value);
    case 'one':
      return compile(shape, maxRows);
    case 'one?': {
      const row = compile(shape, maxRows);
      return (value) => value === null || row(value);
    }
    case 'many':
      return list(compile(shape, maxRows), maxRows);
    default:
      return () => true;
  }
}

function list(row: Check, maxRows: number): Check {
  return (value) => {
    if (!Array.isArray(value) || (maxRows > 0 && value.length >= maxRows)) return false;
    for (const element of value) if (!row(element)) return false;
    return true;
  };
}
