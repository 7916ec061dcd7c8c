package org.eventos.checkin

import java.time.Instant
import java.util.UUID
import kotlinx.coroutines.runBlocking
import org.eventos.Cents
import org.eventos.Client
import org.eventos.EventChange
import org.eventos.EventId
import org.eventos.EventStatus
import org.eventos.EventType
import org.eventos.Fulfilment
import org.eventos.Guest
import org.eventos.IssuedTicket
import org.eventos.NewEvent
import org.eventos.OrderId
import org.eventos.Platform
import org.eventos.ProfileId
import org.eventos.attendees
import org.eventos.connect
import org.eventos.events
import org.eventos.orders
import org.eventos.tickets

const val PASSWORD = "eventos-local-only"
const val ORGANIZER = "organizer@eventos.com"

/** An event of the seed data's organizer with two tickets that its customer paid. It is removed in the end. */
class SoldEvent : AutoCloseable {
    val id = EventId(UUID.randomUUID().toString())
    val name = "Check-in ${id.value}"
    private val order = OrderId(UUID.randomUUID().toString())
    val organizer = client("EVENTOS_ANON_KEY")
    private val customer = client("EVENTOS_ANON_KEY")
    private val service = client("EVENTOS_SERVICE_KEY")

    /** John Doe's and Jane Smith's. */
    val tickets: List<IssuedTicket> = runBlocking {
        val organizerId = organizer.signInWithPassword(ORGANIZER, PASSWORD).userId
        val customerId = customer.signInWithPassword("customer@example.com", PASSWORD).userId
        organizer.events.insert(event(organizerId))
        customer.placeOrder(order, customerId, id, 2)
        val guests = listOf(Guest("John Doe", "john@example.com"), Guest("Jane Smith", "jane@example.com"))
        val paid = service.fulfilOrder(order, "pi_${order.value}", Instant.now(), guests) as Fulfilment.Fulfilled
        paid.tickets.sortedByDescending { it.attendee?.fullName }
    }

    private fun event(organizerId: ProfileId) = NewEvent(
        id = id,
        organizerId = organizerId,
        name = name,
        kind = EventType.Seminar,
        startAt = Instant.parse("2099-01-01T09:00:00Z"),
        endAt = Instant.parse("2099-01-01T18:00:00Z"),
        capacity = 10,
        priceCents = Cents(12_900),
        status = EventStatus.Published,
    )

    fun change(status: EventStatus): Unit = runBlocking {
        organizer.events.update(EventChange.Status(status)).where { id eq this@SoldEvent.id }
    }

    fun refund(): Unit = runBlocking { service.refundOrder(order) }

    override fun close(): Unit = runBlocking {
        service.tickets.delete { orderId eq order }
        service.attendees.delete { orderId eq order }
        service.orders.delete { id eq order }
        service.events.delete { id eq this@SoldEvent.id }
        listOf(organizer, customer, service).forEach(Client::close)
    }

    private fun client(key: String) = connect(System.getenv("EVENTOS_URL"), System.getenv(key))
}

/** A client of the seed data's organizer over this platform, which sends each request once. */
suspend fun organizer(platform: Platform): Client {
    val client = connect(System.getenv("EVENTOS_URL"), System.getenv("EVENTOS_ANON_KEY"), platform, tries = 1u)
    client.signInWithPassword(ORGANIZER, PASSWORD)
    return client
}
