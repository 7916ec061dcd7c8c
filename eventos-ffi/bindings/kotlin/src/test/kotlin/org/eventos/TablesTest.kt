package org.eventos

import java.time.Instant
import java.util.UUID
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

private val SUMMIT = EventId("e1111111-1111-1111-1111-111111111111")
private val ORGANIZER = ProfileId("11111111-1111-1111-1111-111111111111")

/** The tables as a caller uses them, against a real server. */
class TablesTest {
    @Test
    fun `a listing reads like a sentence`() = asking("visitor") { visitor ->
        val now = Instant.now()
        val coming = visitor.events
            .where { (status eq EventStatus.Published) and (startAt atOrAfter now) }
            .orderBy(EventColumn.START_AT)
            .limit(3u)
            .all()
        assertEquals(3, coming.size)
        assertEquals(coming.map { it.startAt }.sorted(), coming.map { it.startAt })
        assertTrue(coming.all { it.status == EventStatus.Published && it.startAt >= now })
    }

    @Test
    fun `conditions are joined and turned`() = asking("visitor") { visitor ->
        suspend fun names(condition: EventConditions.() -> EventFilter) =
            visitor.events.where { organizerId eq ORGANIZER }.where(condition).orderBy(EventColumn.NAME).all().map { it.name }
        val free = names { priceCents eq Cents(0) }
        assertEquals(listOf("Open Data Meetup"), free)
        assertEquals(free, names { venueId.isNull })
        assertEquals(free, names { !venueId.isNotNull })
        assertEquals(free, names { name containsIgnoringCase "OPEN DATA" })
        assertEquals(listOf("Facilitation Workshop", "Hands-on Rust Workshop"), names { kind eq EventType.Workshop })
        assertEquals(3, names { (kind eq EventType.Workshop) or (priceCents lessThan Cents(1)) }.size)
        assertEquals(3, names { any(kind oneOf listOf(EventType.Workshop), capacity eq 80) }.size)
        assertEquals(names { organizerId eq ORGANIZER }, (names { kind eq EventType.Workshop } + names { none(kind eq EventType.Workshop) }).sorted())
        assertEquals(emptyList<String>(), names { (id eq SUMMIT) and !(id eq SUMMIT) })
    }

    @Test
    fun `many conditions that are joined one by one stay flat`() = asking("visitor") { visitor ->
        val found = visitor.events.where { (1..200).map { id notEq SUMMIT }.reduce { all, next -> all and next } }.all()
        assertEquals(visitor.events.all().size - 1, found.size)
    }

    @Test
    fun `json columns are looked into`() = asking("visitor") { visitor ->
        val names = visitor.venues.where { amenities contains """{"catering": true}""" }.orderBy(VenueColumn.NAME).all().map { it.name }
        assertEquals(listOf("Metro Toronto Convention Centre", "Royal York"), names)
    }

    @Test
    fun `one row is one row`() = asking("visitor") { visitor ->
        assertEquals("AI & Machine Learning Summit 2025", visitor.events.where { id eq SUMMIT }.single().name)
        val nobody = visitor.events.where { id eq EventId(UUID.randomUUID().toString()) }
        assertNull(nobody.maybeSingle())
        assertThrows(EventosException.NotFound::class.java) { runBlocking { nobody.single() } }
        assertThrows(EventosException.ManyRows::class.java) { runBlocking { visitor.events.maybeSingle() } }
    }

    @Test
    fun `rows are counted and written as CSV`() = asking("visitor") { visitor ->
        val venues = visitor.venues.where { city eq "Toronto" }
        assertEquals(venues.all().size, venues.count().toInt())
        assertTrue(venues.csv().lines().first().startsWith("id,name,address"))
    }

    @Test
    fun `pages give every row once`() = asking("visitor") { visitor ->
        val events = visitor.events.orderBy(EventColumn.START_AT, Direction.DESCENDING)
        val pages = events.pages(3u).toList()
        assertTrue(pages.all { it.size in 1..3 } && pages.size > 2)
        assertEquals(events.all().map { it.id }, pages.flatten().map { it.id })
        assertEquals(pages.flatten().take(4), events.limit(4u).pages(3u).toList().flatten())
    }

    @Test
    fun `a view is read like a table`() = asking("visitor") { visitor ->
        val stats = visitor.eventStats.where { eventId eq SUMMIT }.single()
        assertEquals(500, stats.capacity)
    }

    @Test
    fun `cards bring what belongs to them`() = asking("visitor") { visitor ->
        val card = visitor.events.where { id eq SUMMIT }.singleCard()
        assertEquals("Metro Toronto Convention Centre", card.venue?.name)
        assertEquals("Sarah Johnson", card.organizer?.fullName)
        val nobody = visitor.events.where { id eq EventId(UUID.randomUUID().toString()) }
        assertNull(nobody.maybeSingleCard())
        assertThrows(EventosException.NotFound::class.java) { runBlocking { nobody.singleCard() } }
    }

    @Test
    fun `a customer's cards are those of their orders and tickets`() = asking("customer") { customer ->
        val order = customer.orders.where { eventId eq SUMMIT }.cards().single { it.orderNumber == "ORD-20251013-01111111" }
        assertEquals(setOf("Michael Chen", "Jane Smith"), order.tickets.map { it.attendee?.fullName }.toSet())
        val ticket = customer.tickets.where { ticketNumber eq "TKT-B1111111-251013" }.cards().single()
        assertEquals("AI & Machine Learning Summit 2025", ticket.event?.name)
    }

    @Test
    fun `rows are made, changed and removed`() = asking("organizer") { organizer ->
        val made = organizer.venues.insert(NewVenue(name = "Kotlin Hall", address = "1 King St W", capacity = 80))
        try {
            assertEquals("Toronto", made.city)
            val changed = organizer.venues
                .update(VenueChange.ContactPhone("+1-416-555-0199"), VenueChange.Capacity(90))
                .where { id eq made.id }
            assertEquals(listOf("+1-416-555-0199" to 90L), changed.map { it.contactPhone to it.capacity })
            val cleared = organizer.venues.update(VenueChange.ContactPhone(null)).where { id eq made.id }
            assertNull(cleared.single().contactPhone)
        } finally {
            assertEquals(1uL, organizer.venues.delete { id eq made.id })
        }
        assertEquals(0uL, organizer.venues.where { id eq made.id }.count())
    }

    @Test
    fun `what the server refuses comes as the error that it is`() = asking("visitor") { visitor ->
        val error = assertThrows(EventosException.Server::class.java) { runBlocking { visitor.tickets.all() } }
        assertEquals("42501", error.code)
        assertTrue(error.isForbidden)
        assertEquals("42501: ${error.detail}", error.message)
    }

    @Test
    fun `a query is a value`() {
        val client = connect("https://eventos.example", KEY)
        val all = client.events
        val some = all.where { status eq EventStatus.Published }.limit(1u)
        assertEquals(0 to null, all.filters.size to all.limit)
        assertEquals(1 to 1uL, some.filters.size to some.limit)
    }

    private fun asking(caller: String, test: suspend (Client) -> Unit) =
        runBlocking { SeededServer.client(caller).use { test(it) } }
}
