import { formatCents, type OrganizedEvent, type ProfileId } from '@eventos/wasm';
import { queries, useEventos } from '@eventos/wasm/react';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Link } from 'react-router';

import { buttonClass, Empty, Failure, inWords, Notice, Skeleton } from '../design/components';
import { digits } from '../format';
import { WithAccount } from '../session';
import { OrganizedEvents } from './organized-events';
import { byDay, lastWeekByEvent, useRecentSales } from './recent-sales';
import './organizer.css';

const SalesChart = lazy(async () => ({ default: (await import('./charts')).SalesChart }));
const CheckInChart = lazy(async () => ({ default: (await import('./charts')).CheckInChart }));

const REFRESH = 10_000;

/** An organizer's events, and how they sell. */
export function DashboardScreen() {
  return <WithAccount why="Sign in to see your events, or to create one.">{({ user_id }) => <Dashboard organizer_id={user_id} />}</WithAccount>;
}

function Dashboard({ organizer_id }: { organizer_id: ProfileId }) {
  const eventos = useEventos();
  const events = useQuery({ ...queries.dashboard(eventos, organizer_id), refetchInterval: REFRESH });
  return (
    <div className="stack-loose">
      <title>Your events · EventOS</title>
      <header className="row spread">
        <div>
          <h1 className="title">Your events</h1>
          <p className="muted small">Figures are live: they are asked for again every 10 seconds.</p>
        </div>
        <Link className={buttonClass()} to="/organizer/events/new"><Plus size={18} aria-hidden="true" />New event</Link>
      </header>
      {events.isPending && <Skeleton height="24rem" what="your events" />}
      {events.isError && events.data === undefined && <Failure what="Your events" error={events.error} retry={events.refetch} />}
      {events.isError && events.data !== undefined && <Notice tone="warn" title="These figures may be old">{inWords(events.error)}</Notice>}
      {events.data?.length === 0 && <FirstEvent />}
      {events.data !== undefined && events.data.length > 0 && <Figures organizer_id={organizer_id} events={events.data} />}
    </div>
  );
}

function FirstEvent() {
  return (
    <Empty title="Create your first event" action={<Link className={buttonClass()} to="/organizer/events/new">Create an event</Link>}>
      It stays a draft that you alone see until you publish it.
    </Empty>
  );
}

function Figures({ organizer_id, events }: { organizer_id: ProfileId; events: readonly OrganizedEvent[] }) {
  const eventos = useEventos();
  const revenue = useQuery({ ...queries.revenue(eventos, organizer_id), refetchInterval: REFRESH });
  const sales = useRecentSales(organizer_id);
  const now = new Date();
  return (
    <>
      <Totals events={events} revenue_cents={revenue.data?.reduce((sum, event) => sum + event.revenue_cents, 0)} />
      {revenue.isError && <Failure what="The revenue" error={revenue.error} retry={revenue.refetch} />}
      <div className="charts">
        {sales.isError && <Failure what="The sales of the last weeks" error={sales.error} retry={sales.refetch} />}
        {sales.isPending && <ChartToCome />}
        {sales.data !== undefined && <Suspense fallback={<ChartToCome />}><SalesChart days={byDay(sales.data, now)} /></Suspense>}
        <Suspense fallback={<ChartToCome />}><CheckInChart events={events} /></Suspense>
      </div>
      <OrganizedEvents events={events} revenue={revenue.data ?? []} lastWeek={lastWeekByEvent(sales.data ?? [], now)} now={now} />
    </>
  );
}

function ChartToCome() {
  return <Skeleton height="25rem" what="a chart" />;
}

function Totals({ events, revenue_cents }: { events: readonly OrganizedEvent[]; revenue_cents: number | undefined }) {
  const sold = events.reduce((sum, { stats }) => sum + (stats?.tickets_sold ?? 0), 0);
  const checkedIn = events.reduce((sum, { stats }) => sum + (stats?.tickets_used ?? 0), 0);
  return (
    <dl className="totals">
      <Total name="Revenue" figure={revenue_cents === undefined ? '–' : formatCents(revenue_cents)} />
      <Total name="Tickets sold" figure={digits(sold)} />
      <Total name="Checked in" figure={digits(checkedIn)} />
    </dl>
  );
}

function Total({ name, figure }: { name: string; figure: string }) {
  return (
    <div className="card total">
      <dt className="muted small">{name}</dt>
      <dd className="number">{figure}</dd>
    </div>
  );
}
