import type { ProfileId } from '@eventos/wasm';
import { useMyTickets } from '@eventos/wasm/react';
import { Printer } from 'lucide-react';
import { Link } from 'react-router';

import { UnpaidOrders } from '../checkout/unpaid-orders';
import { Button, buttonClass, Empty, Failure, Notice, Skeleton } from '../design/components';
import { counted, span } from '../format';
import { useOnline } from '../online';
import { WithAccount } from '../session';
import { TicketList } from './ticket-list';
import { groupsOf, type TicketGroup } from './ticket-groups';

/** The tickets of the customer: those of coming events first, the past ones below. */
export function TicketsScreen() {
  return (
    <WithAccount why="Your tickets are kept in your account.">{({ user_id }) => <MyTickets customer_id={user_id} />}</WithAccount>
  );
}

function MyTickets({ customer_id }: { customer_id: ProfileId }) {
  const { data: tickets, error, refetch } = useMyTickets(customer_id);
  const { coming, past } = groupsOf(tickets ?? []);
  return (
    <div className="stack-loose tickets-screen">
      <title>My tickets · EventOS</title>
      <header className="row spread no-print">
        <h1 className="title">My tickets</h1>
        {coming.length > 0 && (
          <Button kind="quiet" onClick={() => window.print()}><Printer size={18} aria-hidden="true" />Print</Button>
        )}
      </header>
      <OfflineHint />
      <UnpaidOrders customer_id={customer_id} />
      {error !== null && tickets === undefined && <Failure what="Your tickets" error={error} retry={refetch} />}
      {error === null && tickets === undefined && <Skeleton height="14rem" what="your tickets" />}
      {tickets?.length === 0 && (
        <Empty title="No tickets yet" action={<Link to="/" className={buttonClass()}>Find an event</Link>}>
          Once you buy some, they are here, also without a network.
        </Empty>
      )}
      {coming.map((group) => <Group key={group.slug} group={group} />)}
      {past.length > 0 && (
        <section className="stack-loose no-print" aria-labelledby="past">
          <h2 id="past" className="title-past">Past events</h2>
          {past.map((group) => <Group key={group.slug} group={group} isPast />)}
        </section>
      )}
    </div>
  );
}

function Group({ group: { slug, event, tickets }, isPast = false }: { group: TicketGroup; isPast?: boolean }) {
  const Heading = isPast ? 'h3' : 'h2';
  return (
    <section className="stack ticket-group" aria-labelledby={slug}>
      <header>
        <Heading id={slug} className="subtitle"><Link to={`/events/${slug}`}>{event.name}</Link></Heading>
        <p className="muted">{span(event.start_at, event.end_at)}, {counted(tickets.length, 'ticket')}</p>
      </header>
      <TicketList tickets={tickets} event={event} isPast={isPast} />
    </section>
  );
}

function OfflineHint() {
  const isOnline = useOnline();
  if (isOnline) return null;
  return (
    <Notice tone="info" title="Your codes work without a network">
      The door checks them. Only whether one was used meanwhile is not shown here.
    </Notice>
  );
}
