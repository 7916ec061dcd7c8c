import { counted } from '../format';

/** How many seats are left, and louder the fewer there are. Nothing where that is not known. */
export function SeatsBadge({ left, capacity }: { left: number | undefined; capacity: number }) {
  if (left === undefined) return null;
  if (left <= 0) return <span className="badge badge-bad">Sold out</span>;
  if (isAlmostFull(left, capacity)) return <span className="badge badge-warn">Almost full: {left} left</span>;
  return <span className="small muted number">{counted(left, 'seat')} left</span>;
}

export function isAlmostFull(left: number, capacity: number): boolean {
  return left > 0 && left <= capacity / 10;
}
