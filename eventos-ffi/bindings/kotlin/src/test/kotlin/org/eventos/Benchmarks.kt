package org.eventos

import java.time.Duration
import java.time.Instant
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json
import org.junit.jupiter.api.MethodOrderer
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestMethodOrder

/**
 * What the binding costs: a call, a query, and 1,000 rows beside kotlinx.serialization. Prints nanoseconds as JSON lines; `cargo xtask
 * bench kotlin` runs it. By their names the rows come first: JNA keeps some memory of each call for a while, and thousands of calls slow
 * down what follows.
 */
@TestMethodOrder(MethodOrderer.MethodName::class)
class Benchmarks {
    private val client = Client(Settings("https://eventos.example", KEY), InMemory(BODY))

    @Test
    fun `one call`() = measured("one call", times = 5_000) { formatCents(Cents(29_900)) }

    @Test
    fun `build a query`() = measured("build a query", times = 100_000) { listing(client) }

    @Test
    fun `send a query`() {
        val empty = Client(Settings("https://eventos.example", KEY), InMemory("[]".toByteArray()))
        measured("send a query", times = 1_000) { runBlocking { listing(empty).all() } }
    }

    @Test
    fun `1,000 rows`() {
        val events = client.events.limit(1_000u)
        check(runBlocking { events.all() }.size == 1_000)
        measured("1,000 rows", times = 10) { runBlocking { events.all() } }
        measured("1,000 rows", PEER, times = 10) { decoded(BODY.decodeToString()) }
        val asked = """{"from": "events", "limit": 1000}"""
        measured("1,000 rows as JSON", times = 10) { runBlocking { client.fetch(asked, ::decoded) } }
        measured("1,000 rows as JSON", PEER, times = 10) { decoded(BODY.decodeToString()) }
    }
}

private const val PEER = "kotlinx.serialization"
private const val ROUNDS = 11

/** Prints the median of several rounds, after as many that warm up. */
private fun measured(row: String, function: String = "eventos", times: Int, call: () -> Unit) {
    fun round(): Long {
        val started = System.nanoTime()
        repeat(times) { call() }
        return (System.nanoTime() - started) / times
    }
    repeat(ROUNDS) { round() }
    val median = List(ROUNDS) { round() }.sorted()[ROUNDS / 2]
    println("""{"row":"$row","function":"$function","value":$median}""")
}

private fun listing(client: Client) = client.events
    .where { (status eq EventStatus.Published) and (startAt atOrAfter Instant.EPOCH) }
    .orderBy(EventColumn.START_AT)
    .limit(10u)

private fun decoded(json: String) = Json.decodeFromString<List<DecodedEvent>>(json)

/** Answers everything from memory. */
private class InMemory(private val body: ByteArray) : Platform {
    private val headers = listOf(HttpHeader("content-type", "application/json"))

    override suspend fun send(request: HttpRequest) = HttpResponse(200u, headers, body)

    override suspend fun sleep(duration: Duration) = awaitCancellation()
}

/** What a program without the library would make of a row. */
@Serializable
private data class DecodedEvent(
    val id: String,
    @SerialName("organizer_id") val organizerId: String,
    @SerialName("venue_id") val venueId: String?,
    val name: String,
    val slug: String,
    val type: String,
    val description: String?,
    @SerialName("start_at") val startAt: String,
    @SerialName("end_at") val endAt: String,
    val capacity: Long,
    @SerialName("price_cents") val priceCents: Long,
    val status: String,
    val visibility: String,
    @SerialName("created_at") val createdAt: String,
    @SerialName("updated_at") val updatedAt: String,
)

private val BODY: ByteArray = (1..1_000).joinToString(",", "[", "]") { number ->
    val id = "e1111111-1111-4111-8111-%012d".format(number)
    """{"id":"$id","organizer_id":"11111111-1111-4111-8111-111111111111","venue_id":null,"name":"Evening $number",""" +
        """"slug":"evening-$number-e1111111","type":"conference","description":"An evening of talks, with time to meet.",""" +
        """"start_at":"2025-06-15T13:00:00+00:00","end_at":"2025-06-15T21:00:00+00:00","capacity":500,"price_cents":29900,""" +
        """"status":"published","visibility":"public","created_at":"2025-01-15T10:00:00+00:00",""" +
        """"updated_at":"2025-01-15T10:00:00+00:00"}"""
}.toByteArray()
