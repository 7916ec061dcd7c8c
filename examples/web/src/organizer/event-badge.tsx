import type { EventStatus } from '@eventos/wasm';

const BADGES: Record<EventStatus, { look: string; word: string }> = {
  draft: { look: 'badge', word: 'Draft' },
  published: { look: 'badge badge-good', word: 'Published' },
  completed: { look: 'badge badge-accent', word: 'Completed' },
  cancelled: { look: 'badge badge-bad', word: 'Cancelled' },
};

/** Where an event stands in its life. */
export function EventBadge({ status }: { status: EventStatus }) {
  return <span className={BADGES[status].look}>{BADGES[status].word}</span>;
}
