import type { EventStatus, Timestamp } from '@eventos/wasm';

/** Why an event admits nobody: `cancelled`, as in `Event cancelled`, and `was cancelled`. */
interface Closure {
  word: string;
  verb: string;
}

/** Tickets stay as they are where their event does not; its door opens while it is published. */
export function closureOf({ status }: { status: EventStatus }): Closure | undefined {
  switch (status) {
    case 'published':
      return undefined;
    case 'cancelled':
      return { word: 'cancelled', verb: 'was cancelled' };
    case 'draft':
      return { word: 'withdrawn', verb: 'was withdrawn' };
    case 'completed':
      return { word: 'over', verb: 'is over' };
  }
}

/** Whether an event has come to its end. Until its organizer says so, its door goes on. */
export function isOver({ status, end_at }: { status: EventStatus; end_at: Timestamp }): boolean {
  return status === 'completed' || Date.parse(end_at) < Date.now();
}
