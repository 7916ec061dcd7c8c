import type { EventType } from '@eventos/wasm';

export const EVENT_TYPES = ['conference', 'seminar', 'workshop', 'networking'] as const satisfies readonly EventType[];

/** What each type of event is called. */
export const TYPE_NAMES: Record<EventType, string> = {
  conference: 'Conference',
  seminar: 'Seminar',
  workshop: 'Workshop',
  networking: 'Networking',
};
