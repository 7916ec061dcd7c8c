import type { EventStatus, Timestamp } from '@eventos/wasm';
import {
  Ban,
  CalendarX,
  CircleCheckBig,
  Clock,
  CreditCard,
  HandCoins,
  Lock,
  MapPinOff,
  ScanQrCode,
  UserRoundX,
  type LucideIcon,
} from 'lucide-react';

import { span } from '../format';
import { clockTime } from './clock-time';
import type { DoorAnswer } from './scan-log';

export type Outcome = DoorAnswer['outcome'];

/** What an outcome is called, and how it looks. */
interface Look {
  word: string;
  Sign: LucideIcon;
  /** The name of its colours in door.css. */
  colour: 'admit' | 'refuse' | 'misplaced' | 'closed' | 'locked';
}

export const LOOKS: Record<Outcome, Look> = {
  admitted: { word: 'Admitted', Sign: CircleCheckBig, colour: 'admit' },
  already_used: { word: 'Already used', Sign: UserRoundX, colour: 'refuse' },
  wrong_event: { word: 'Wrong event', Sign: MapPinOff, colour: 'misplaced' },
  refunded: { word: 'Refunded', Sign: HandCoins, colour: 'refuse' },
  cancelled: { word: 'Cancelled', Sign: Ban, colour: 'refuse' },
  unpaid: { word: 'Not paid', Sign: CreditCard, colour: 'refuse' },
  unknown_code: { word: 'Unknown code', Sign: ScanQrCode, colour: 'refuse' },
  event_not_active: { word: 'Event not active', Sign: CalendarX, colour: 'closed' },
  outside_window: { word: 'Outside the hours', Sign: Clock, colour: 'closed' },
  not_authorized: { word: 'Not authorized', Sign: Lock, colour: 'locked' },
};

const STANDINGS: Record<EventStatus, string> = {
  draft: 'The event is a draft. Its organizer must publish it first.',
  published: 'The event is not active.',
  completed: 'The event is marked as over.',
  cancelled: 'The event was cancelled.',
};

/** What an answer means for whoever stands at the door. That no outcome is left out, the compiler checks. */
export function meaningOf(answer: DoorAnswer): string {
  switch (answer.outcome) {
    case 'admitted':
      return answer.ticket?.number ?? 'Let them in.';
    case 'already_used':
      return firstUse(answer.first_scan);
    case 'wrong_event':
      return answer.actual === null ? 'This ticket is for another event.' : `This ticket is for ${answer.actual.name}.`;
    case 'refunded':
      return 'This ticket was paid back. It admits nobody.';
    case 'cancelled':
      return 'This ticket was cancelled. It admits nobody.';
    case 'unpaid':
      return 'The order of this ticket is not paid.';
    case 'unknown_code':
      return 'This code is no ticket’s. Ask for the ticket’s e-mail, or look for the name.';
    case 'event_not_active':
      return STANDINGS[answer.status];
    case 'outside_window':
      return `This door’s hours are ${span(answer.window.opens_at, answer.window.closes_at)}, and it lets nobody in outside of them.`;
    case 'not_authorized':
      return 'This device may not open this door. Ask the organizer for a new link.';
  }
}

function firstUse({ at, device, gate }: { at: Timestamp | null; device: string | null; gate: string | null }): string {
  const when = at === null ? '' : ` at ${clockTime(at)}`;
  const where = gate === null ? '' : `, gate ${gate}`;
  const by = device === null ? '' : `, by ${device}`;
  return `Somebody came in with it${when}${where}${by}.`;
}
