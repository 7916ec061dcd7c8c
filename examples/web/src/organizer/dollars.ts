const DOLLARS = /^(\d{1,7})(?:\.(\d{1,2}))?$/;

/** An amount as it is typed, such as `299` or `299.50`, in cents. The digits are read as they stand: no fraction is rounded. */
export function toCents(typed: string): number | undefined {
  const match = DOLLARS.exec(typed.trim());
  if (match === null) return undefined;
  const [, dollars, cents = ''] = match;
  return Number(dollars) * 100 + Number(cents.padEnd(2, '0'));
}

/** Cents as somebody would type them: `299.00`. */
export function toDollars(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}
