import { isEventosError, isInvalidInput, type Door, type EventId } from '@eventos/wasm';
import { queries, useEventos } from '@eventos/wasm/react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useParams } from 'react-router';

import { useArrival } from '../design/arrival';
import { WithAccount } from '../session';
import { DoorAtWork } from './door-at-work';
import { DoorBar } from './door-bar';
import { useDoorPass, type DoorPass } from './door-pass';
import { useDoorSettings } from './door-settings';
import { NoSuchDoor } from './no-such-door';
import { NotYourDoor } from './not-your-door';
import { useScreenAwake } from './screen-awake';
import { wakeSound } from './sound';
import { useDoor, type Doorway } from './use-door';
import './door.css';

const STATS_EVERY_MS = 3_000;
const WHO_OPENS = 'The organizer opens the door. Staff open it with a link from the organizer.';

/** The door of one event: for its organizer, or for staff who came by a link with a token. */
export function DoorScreen() {
  const { eventId = '' } = useParams();
  const content = useArrival();
  return (
    <main className="door" ref={content} tabIndex={-1} style={{ outline: 'none' }}>
      <DoorOf key={eventId} event_id={eventId as EventId} />
    </main>
  );
}

function DoorOf({ event_id }: { event_id: EventId }) {
  const pass = useDoorPass(event_id);
  const { token } = pass;
  if (token !== undefined) return <OpenDoor key={token} doorway={{ event_id, token, opener: token }} pass={pass} />;
  return (
    <WithAccount why={WHO_OPENS}>
      {({ user_id }) => <OpenDoor key={user_id} doorway={{ event_id, token, opener: user_id }} pass={pass} />}
    </WithAccount>
  );
}

function OpenDoor({ doorway, pass }: { doorway: Doorway; pass: DoorPass }) {
  const [settings, changeSettings] = useDoorSettings();
  const door = useDoor(doorway, settings);
  const stats = useLiveStats(door, doorway);
  const title = useEventName(doorway) ?? 'The door';
  useSoundOnTouch();
  useScreenAwake();

  if (isInvalidInput(stats.error)) return <NoSuchDoor />;
  if (isForbidden(stats.error)) return <NotYourDoor pass={pass} />;
  return (
    <>
      <title>{`Door: ${title} · EventOS`}</title>
      <DoorBar title={title} pass={pass} settings={settings} onSettings={changeSettings} />
      <DoorAtWork doorway={doorway} door={door} settings={settings} stats={stats} />
    </>
  );
}

/** The figures of the door, for as long as it is open to this device. */
function useLiveStats(door: Door, { event_id, opener }: Doorway) {
  const asked = queries.doorStats(door, event_id);
  return useQuery({
    ...asked,
    queryKey: [...asked.queryKey, opener],
    // What one saw is forgotten once they leave.
    gcTime: 0,
    refetchInterval: ({ state }) => (isForbidden(state.error) || isInvalidInput(state.error) ? false : STATS_EVERY_MS),
  });
}

function isForbidden(error: Error | null): boolean {
  return isEventosError(error) && error.forbidden;
}

/** What the event is called, where this device may know: staff without an account see public events alone. */
function useEventName({ event_id, opener }: Doorway): string | undefined {
  const eventos = useEventos();
  return useQuery({
    queryKey: ['eventos', 'event-name', event_id, opener],
    queryFn: async ({ signal }) =>
      eventos.events.select({ name: 1 }).where((e) => e.id.eq(event_id)).signal(signal).maybeSingle(),
    staleTime: 60_000,
  }).data?.name;
}

/** A verdict that a scanner or the camera brought could not sound unless the page was touched before. */
function useSoundOnTouch() {
  useEffect(() => {
    document.addEventListener('pointerdown', wakeSound);
    return () => document.removeEventListener('pointerdown', wakeSound);
  }, []);
}
