import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router';

import { Loading, Notice } from './design/components';
import { Frame } from './design/frame';
import { SafetyNet } from './design/safety-net';
import { ListingScreen } from './listing/listing-screen';

const EventScreen = lazy(async () => ({ default: (await import('./event/event-screen')).EventScreen }));
const CheckoutScreen = lazy(async () => ({ default: (await import('./checkout/checkout-screen')).CheckoutScreen }));
const TicketsScreen = lazy(async () => ({ default: (await import('./tickets/tickets-screen')).TicketsScreen }));
const DashboardScreen = lazy(async () => ({ default: (await import('./organizer/dashboard-screen')).DashboardScreen }));
const EventEditorScreen = lazy(async () => ({ default: (await import('./organizer/event-editor-screen')).EventEditorScreen }));
const AttendeesScreen = lazy(async () => ({ default: (await import('./organizer/attendees-screen')).AttendeesScreen }));
const DoorScreen = lazy(async () => ({ default: (await import('./door/door-screen')).DoorScreen }));

/** Every screen by its path. */
export function Screens() {
  return (
    <Suspense fallback={<Loading what="the page" />}>
      <SafetyNet>
        <Routes>
          <Route element={<Frame />}>
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
      <Notice tone="info" title="There is no such page">The link may be old.</Notice>
    </>
  );
}
