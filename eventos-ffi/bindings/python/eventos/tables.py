"""Each table of the client. Written by `cargo xtask generate` from the tables of eventos-core. Do not edit."""

from ._native import *  # noqa: F403
from .table import Cards, ReadTable, Table


class ProfileTable(Table[Profile, ProfileFilter, ProfileColumn, NewProfile, ProfileChange]):
    _query = ProfileQuery
    _order = ProfileOrder
    _in_any = TableQuery.PROFILES
    _read_rows = Client.read_profiles
    _page = Client.page_of_profiles
    _insert = Client.insert_profiles
    _update = Client.update_profiles
    _all_of = ProfileFilter.ALL
    _deletion = Deletion.PROFILES


class VenueTable(Table[Venue, VenueFilter, VenueColumn, NewVenue, VenueChange]):
    _query = VenueQuery
    _order = VenueOrder
    _in_any = TableQuery.VENUES
    _read_rows = Client.read_venues
    _page = Client.page_of_venues
    _insert = Client.insert_venues
    _update = Client.update_venues
    _all_of = VenueFilter.ALL
    _deletion = Deletion.VENUES


class EventTable(Table[Event, EventFilter, EventColumn, NewEvent, EventChange], Cards[EventCard]):
    _query = EventQuery
    _order = EventOrder
    _in_any = TableQuery.EVENTS
    _read_rows = Client.read_events
    _page = Client.page_of_events
    _insert = Client.insert_events
    _update = Client.update_events
    _all_of = EventFilter.ALL
    _deletion = Deletion.EVENTS
    _cards = Client.event_cards


class OrderTable(Table[Order, OrderFilter, OrderColumn, NewOrder, OrderChange], Cards[OrderCard]):
    _query = OrderQuery
    _order = OrderOrder
    _in_any = TableQuery.ORDERS
    _read_rows = Client.read_orders
    _page = Client.page_of_orders
    _insert = Client.insert_orders
    _update = Client.update_orders
    _all_of = OrderFilter.ALL
    _deletion = Deletion.ORDERS
    _cards = Client.order_cards


class AttendeeTable(Table[Attendee, AttendeeFilter, AttendeeColumn, NewAttendee, AttendeeChange]):
    _query = AttendeeQuery
    _order = AttendeeOrder
    _in_any = TableQuery.ATTENDEES
    _read_rows = Client.read_attendees
    _page = Client.page_of_attendees
    _insert = Client.insert_attendees
    _update = Client.update_attendees
    _all_of = AttendeeFilter.ALL
    _deletion = Deletion.ATTENDEES


class TicketTable(Table[Ticket, TicketFilter, TicketColumn, NewTicket, TicketChange], Cards[TicketCard]):
    _query = TicketQuery
    _order = TicketOrder
    _in_any = TableQuery.TICKETS
    _read_rows = Client.read_tickets
    _page = Client.page_of_tickets
    _insert = Client.insert_tickets
    _update = Client.update_tickets
    _all_of = TicketFilter.ALL
    _deletion = Deletion.TICKETS
    _cards = Client.ticket_cards


class EventStatsTable(ReadTable[EventStats, EventStatsFilter, EventStatsColumn]):
    _query = EventStatsQuery
    _order = EventStatsOrder
    _in_any = TableQuery.EVENT_STATS
    _read_rows = Client.read_event_stats
    _page = Client.page_of_event_stats


class Eventos(Client):
    """A client of one server, with its tables."""

    @property
    def profiles(self) -> ProfileTable:
        """Rows of `profiles`."""
        return ProfileTable(self)

    @property
    def venues(self) -> VenueTable:
        """Rows of `venues`."""
        return VenueTable(self)

    @property
    def events(self) -> EventTable:
        """Rows of `events`."""
        return EventTable(self)

    @property
    def orders(self) -> OrderTable:
        """Rows of `orders`."""
        return OrderTable(self)

    @property
    def attendees(self) -> AttendeeTable:
        """Rows of `attendees`."""
        return AttendeeTable(self)

    @property
    def tickets(self) -> TicketTable:
        """Rows of `tickets`."""
        return TicketTable(self)

    @property
    def event_stats(self) -> EventStatsTable:
        """Rows of `event_stats`."""
        return EventStatsTable(self)
