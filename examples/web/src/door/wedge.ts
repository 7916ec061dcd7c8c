import { useEffect, useEffectEvent } from 'react';

/** A keyboard-wedge scanner types a key every few milliseconds; nobody's fingers keep that up. */
const LONGEST_PAUSE_MS = 50;
const SHORTEST_CODE = 8;

/** Keys that came one after the other as fast as a scanner types. */
interface Burst {
  text: string;
  last: number;
  /** The field that they went into, and what it held before. */
  field: Field | undefined;
  before: string;
}

type Field = HTMLInputElement | HTMLTextAreaElement;

/**
 * Hears a keyboard-wedge scanner, wherever the focus is. What a person types goes where it always goes; what a scanner typed
 * into a field is taken out of it again.
 */
export function useWedge(onCode: (code: string) => void) {
  const hear = useEffectEvent(onCode);
  useEffect(() => {
    let burst: Burst = { text: '', last: 0, field: undefined, before: '' };

    function press(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const isFast = event.timeStamp - burst.last <= LONGEST_PAUSE_MS;
      if (event.key === 'Enter' && isFast && burst.text.length >= SHORTEST_CODE) {
        event.preventDefault();
        event.stopPropagation();
        if (burst.field !== undefined) restore(burst.field, burst.before);
        hear(burst.text);
      }
      if (event.key === 'Enter') burst = { ...burst, text: '' };
      if (event.key.length !== 1) return;
      if (!isFast) burst = begin(event);
      burst = { ...burst, text: burst.text + event.key, last: event.timeStamp };
      // Outside of fields some browsers take a key for a command, such as `/` for a search.
      if (!takesText(event.target) && event.key !== ' ') event.preventDefault();
    }

    document.addEventListener('keydown', press, { capture: true });
    return () => document.removeEventListener('keydown', press, { capture: true });
  }, []);
}

function begin({ target }: KeyboardEvent): Burst {
  const field = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : undefined;
  return { text: '', last: 0, field, before: field?.value ?? '' };
}

function takesText(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Sets a field as typing would, so that React hears of it. */
function restore(field: Field, value: string) {
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
