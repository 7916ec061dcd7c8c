import { isEventosError, type Door, type DoorStats, type EventId } from '@eventos/wasm';
import { queries, useEventos } from '@eventos/wasm/react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useParams } from 'react-router';

import { Failure } from '../design/components';
import { WithAccount } from '../session';
import { Camera } from './camera';
import { CodeEntry } from './code-entry';
import { DoorBar } from './door-bar';
import { DoorCounts } from './door-counts';
import { useDoorPass, type DoorPass } from './door-pass';
import { useDoorSettings, type DoorSettings } from './door-settings';
import { FindAttendee } from './find-attendee';
import { LastScans } from './last-scans';
import { NotYourDoor } from './not-your-door';
import type { ScanFate } from './scan-log';
import { playTune, wakeSound } from './sound';
import { useDoor } from './use-door';
import { useScans } from './use-scans';
import { VerdictStage } from './verdict';
import { useWedge } from './wedge';
import './door.css';

const STATS_EVERY_MS = 3_000;
const WHO_OPENS = 'The organizer opens the door. Staff open it with a link from the organizer.';

/** The door of one event: for its organizer, or for staff who came by a link with a token. */
export function DoorScreen() {
  const { eventId = '' } = useParams();
  const event_id = eventId as EventId;
  const pass = useDoorPass(event_id);
  return (
    <main className="door">
      {pass.token === undefined
        ? <WithAccount why={WHO_OPENS}>{() => <OpenDoor key={event_id} event_id={event_id} pass={pass} />}</WithAccount>
        : <OpenDoor key={`${event_id} ${pass.token}`} event_id={event_id} pass={pass} />}
    </main>
  );
}

function OpenDoor({ event_id, pass }: { event_id: EventId; pass: DoorPass }) {
  const [settings, changeSettings] = useDoorSettings();
  const door = useDoor(event_id, pass.token, settings);
  const stats = useLiveStats(door, event_id);
  const title = useEventName(event_id) ?? 'The door';
  useSoundOnTouch();

  if (isForbidden(stats.error)) return <NotYourDoor pass={pass} />;
  return (
    <>
      <title>{`Door: ${title} · EventOS`}</title>
      <DoorBar title={title} hasAccount={pass.token === undefined} settings={settings} onSettings={changeSettings} />
      <DoorAtWork event_id={event_id} door={door} token={pass.token} settings={settings} stats={stats} />
    </>
  );
}

interface DoorAtWorkProps {
  event_id: EventId;
  door: Door;
  token: string | undefined;
  settings: DoorSettings;
  stats: { data: DoorStats | undefined; error: Error | null; refetch: () => unknown };
}

/** Where codes come in and verdicts go out. */
function DoorAtWork({ event_id, door, token, settings, stats }: DoorAtWorkProps) {
  // After a reload the last verdict is not for whoever stands there now.
  const [isShown, setShown] = useState(false);
  const scans = useScans(door, event_id, settings.device, (fate) => playTune(tuneOf(fate), settings.isMuted));

  function scan(code: string) {
    setShown(true);
    // Whoever scans looks for the verdict, wherever they were reading before.
    window.scrollTo({ top: 0, behavior: 'instant' });
    scans.scan(code);
  }
  useWedge(scan);

  return (
    <div className="door-work">
      <div className="door-front">
        <VerdictStage
          entry={isShown ? scans.entries[0] : undefined}
          canRetry={scans.canRetry}
          onRetry={scans.retry}
          onNext={() => setShown(false)}
        />
        <Camera onCode={scan} />
      </div>
      <div className="door-side">
        {stats.data !== undefined && <DoorCounts stats={stats.data} isOld={stats.error !== null} />}
        {stats.data === undefined && stats.error !== null && <Failure what="The figures" error={stats.error} retry={stats.refetch} />}
        <CodeEntry onCode={scan} />
        <LastScans scans={scans} event_id={event_id} token={token} />
        <FindAttendee event_id={event_id} door={door} />
      </div>
    </div>
  );
}

/** The figures of the door, for as long as it is open to this device. */
function useLiveStats(door: Door, event_id: EventId) {
  return useQuery({
    ...queries.doorStats(door, event_id),
    refetchInterval: ({ state }) => (isForbidden(state.error) ? false : STATS_EVERY_MS),
  });
}

function isForbidden(error: Error | null): boolean {
  return isEventosError(error) && error.forbidden;
}

/** What the event is called, where this device may know: staff without an account see public events alone. */
function useEventName(event_id: EventId): string | undefined {
  const eventos = useEventos();
  return useQuery({
    queryKey: ['eventos', 'event-name', event_id],
    queryFn: async ({ signal }) =>
      eventos.events.select({ name: 1 }).where((e) => e.id.eq(event_id)).signal(signal).maybeSingle(),
    staleTime: 60_000,
  }).data?.name;
}

function tuneOf(fate: ScanFate) {
  return fate.is === 'answered' ? fate.answer.outcome : 'unanswered';
}

/** A verdict that a scanner or the camera brought could not sound unless the page was touched before. */
function useSoundOnTouch() {
  useEffect(() => {
    document.addEventListener('pointerdown', wakeSound);
    return () => document.removeEventListener('pointerdown', wakeSound);
  }, []);
}
