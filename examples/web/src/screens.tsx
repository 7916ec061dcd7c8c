import { lazy, Suspense } from 'react';
import { Link, Route, Routes } from 'react-router';

import { buttonClass, Empty, Loading } from './design/components';
import { SafetyNet } from './design/safety-net';
import { Frame } from './frame';
import { ListingScreen } from './listing/listing-screen';

const EventScreen = lazy(async () => ({ default: (await import('./event/event-screen')).EventScreen }));
const CheckoutScreen = lazy(async () => ({ default: (await import('./checkout/checkout-screen')).CheckoutScreen }));
const TicketsScreen = lazy(async () => ({ default: (await import('./tickets/tickets-screen')).TicketsScreen }));
const DashboardScreen = lazy(async () => ({ default: (await import('./organizer/dashboard-screen')).DashboardScreen }));
const EventEditorScreen = lazy(async () => ({ default: (await import('./organizer/event-editor-screen')).EventEditorScreen }));
const AttendeesScreen = lazy(async () => ({ default: (await import('./organizer/attendees-screen')).AttendeesScreen }));
const DoorScreen = lazy(async () => ({ default: (await import('./door/door-screen')).DoorScreen }));

/** Every screen by its path. */
export function Screens({ linkProblem }: { linkProblem: string | undefined }) {
  return (
    <Suspense fallback={<Loading what="the page" />}>
      <SafetyNet>
        <Routes>
          <Route element={<Frame linkProblem={linkProblem} />}>
            <Route index element={<ListingScreen />} />
            <Route path="events/:slug" element={<EventScreen />} />
            <Route path="orders/:orderId" element={<CheckoutScreen />} />
            <Route path="tickets" element={<TicketsScreen />} />
            <Route path="organizer" element={<DashboardScreen />} />
            <Route path="organizer/events/new" element={<EventEditorScreen />} />
            <Route path="organizer/events/:eventId/edit" element={<EventEditorScreen />} />
            <Route path="organizer/events/:eventId/attendees" element={<AttendeesScreen />} />
            <Route path="*" element={<NoSuchPage />} />
          </Route>
          <Route path="door/:eventId" element={<DoorScreen />} />
        </Routes>
      </SafetyNet>
    </Suspense>
  );
}

function NoSuchPage() {
  return (
    <>
      <title>No such page · EventOS</title>
      <h1 className="visually-hidden">No such page</h1>
      <Empty title="There is no such page" action={<Link to="/" className={buttonClass('quiet')}>See what is on sale</Link>}>
        The link may be old, or was not copied as a whole.
      </Empty>
    </>
  );
}
