package org.eventos

import java.io.File
import java.time.Instant
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger
import kotlin.coroutines.CoroutineContext
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.MainCoroutineDispatcher
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

private const val SECRET = "do-not-tell"

/** What holds whatever a client is asked. */
class ClientTest {
    @Test
    fun `a client that was closed says so`() {
        val client = connect("https://eventos.example", KEY)
        client.close()
        client.close()
        val error = assertThrows(IllegalStateException::class.java) { runBlocking { client.events.all() } }
        assertEquals("Client object has already been destroyed", error.message)
    }

    @Test
    fun `a door lives on when its client is closed, and ends with its own`() = runBlocking {
        SmallServer { json("{}", "401 Unauthorized") }.use { server ->
            val client = connect(server.url, KEY, tries = 1u)
            client.door(EventId("e1111111-1111-1111-1111-111111111111"), DoorSettings()).use { door ->
                client.close()
                assertThrows(EventosException.Server::class.java) { runBlocking { door.stats() } }
            }
            Unit
        }
    }

    @Test
    fun `an address that is none is refused at once`() {
        val error = assertThrows(EventosException.InvalidInput::class.java) { connect("no address", SECRET) }
        assertFalse(SECRET in error.message)
    }

    @Test
    fun `strings of any kind break nothing`() {
        for (text in listOf("", "\u0000", "x".repeat(10_000_000), "TKT-\uD83C\uDF9F", "\uD800")) {
            assertThrows(EventosException.InvalidInput::class.java) { parseTicketNumber(text) }
        }
    }

    @Test
    fun `half a character becomes the sign for none`() = runBlocking {
        SmallServer { json("[]") }.use { server ->
            connect(server.url, KEY).use { client -> client.events.where { name eq "a\uD800" }.all() }
            assertTrue("a%EF%BF%BD" in server.arrived.single().target) { server.arrived.single().target }
        }
    }

    @Test
    fun `small calls keep no memory`() {
        val resident = List(10) {
            repeat(20_000) { formatCents(Cents(29_900)) }
            repeat(80_000) { version() }
            residentKilobytes()
        }
        val grown = resident.takeLast(2).min() - resident.take(2).max()
        assertTrue(grown < 12_000) { "a million calls took $grown KB: $resident" }
    }

    @Test
    fun `a request reaches the platform although its call was given up, or its memory would be lost`() = runBlocking {
        val (calls, workers) = 10 to maxOf(2, Runtime.getRuntime().availableProcessors())
        val (busy, over) = CountDownLatch(workers) to CountDownLatch(1)
        repeat(workers) {
            launch(Dispatchers.Default) {
                busy.countDown()
                over.await()
            }
        }
        busy.await()

        val reached = AtomicInteger()
        val platform = object : Platform {
            override suspend fun send(request: HttpRequest): HttpResponse = reached.incrementAndGet().let { awaitCancellation() }

            override suspend fun sleep(duration: java.time.Duration) = awaitCancellation()
        }
        connect("https://eventos.example", KEY, platform).use { client ->
            repeat(calls) {
                val call = launch { client.events.all() }
                while (uniffiForeignFutureHandleCount() == 0) delay(1.milliseconds)
                call.cancelAndJoin()
            }
            assertEquals(0, reached.get())
            over.countDown()
            withTimeout(10.seconds) { while (reached.get() < calls) delay(10.milliseconds) }
        }
    }

    @Test
    fun `an answer is not read on the thread that draws`() {
        val drawing = Executors.newSingleThreadExecutor { Thread(it, "drawing") }
        val main = object : MainCoroutineDispatcher() {
            override val immediate get() = this

            override fun dispatch(context: CoroutineContext, block: Runnable) = drawing.execute(block)
        }
        val readers = CopyOnWriteArrayList<String>()
        SmallServer { json("[]") }.use { server ->
            connect(server.url, KEY, log = log { readers += Thread.currentThread().name }).use { client ->
                runBlocking {
                    withContext(main) {
                        client.events.all()
                        assertTrue(Thread.currentThread().name.startsWith("drawing"))
                    }
                }
            }
        }
        drawing.shutdown()
        assertTrue(readers.isNotEmpty() && readers.none { it.startsWith("drawing") }) { "$readers" }
    }

    @Test
    fun `nothing that is printed tells a secret`() {
        val now = Instant.EPOCH
        val id = TicketId("b1111111-1111-1111-1111-111111111111")
        val user = ProfileId("11111111-1111-1111-1111-111111111111")
        val session = Session(user, "customer@example.com", SECRET, now)
        val token = DoorTokenDetails(DoorTokenId("d"), EventId("e"), "gate", null, null, now, null)
        val platform = OkHttpPlatform()
        val printed = listOf(
            connect("https://eventos.example", SECRET, platform, tokens { SECRET }),
            platform,
            tokens { SECRET },
            Settings("https://eventos.example", SECRET),
            session,
            SignUp.SignedIn(session),
            DoorSettings(token = SECRET),
            IssuedDoorToken(SECRET, token),
            IssuedTicket(id, "TKT-B1111111-251013", SECRET, TicketStatus.Active, null),
            TicketCard(id, "TKT-B1111111-251013", SECRET, TicketStatus.Active, null, null, null),
            TicketQuery(filters = listOf(TicketFilter.QrCode(TextTest.Is(SECRET)), TicketFilter.QrCode(TextTest.OneOf(listOf(SECRET))))),
            HttpRequest("GET", "https://eventos.example/?name=$SECRET", listOf(HttpHeader("apikey", SECRET)), SECRET),
            HttpResponse(200u, listOf(HttpHeader("set-cookie", SECRET)), SECRET.toByteArray()),
        )
        for (value in printed) assertFalse(SECRET in value.toString()) { value.toString() }
        assertEquals("QrCode(v1=TextTest.Is)", TicketFilter.QrCode(TextTest.Is(SECRET)).toString())
        assertEquals("Refunded", Outcome.Refunded.toString())
        assertEquals("Session(userId=ProfileId(value=${user.value}), expiresAt=$now)", session.toString())
    }

    @Test
    fun `a log is told of each request and of no secret`() = runBlocking {
        val lines = mutableListOf<LogEntry>()
        SmallServer { json("{}", "503 Service Unavailable") }.use { server ->
            val client = connect(server.url, SECRET, tokens = tokens { "$SECRET-token" }, log = log { lines += it }, tries = 1u)
            runCatching { client.events.where { name eq SECRET }.all() }
            client.door(EventId("e1111111-1111-1111-1111-111111111111"), DoorSettings(token = SECRET)).use {
                runCatching { it.checkIn(SECRET) }
            }
        }
        assertEquals(listOf(LogLevel.WARN, LogLevel.WARN), lines.map { it.level })
        assertTrue(lines.first().message.startsWith("GET /rest/v1/events: 503"))
        assertFalse(lines.any { SECRET in it.message })
    }

    @Test
    fun `what an app's own code throws is an error of the call, without its words`() {
        val failing = object : TokenProvider {
            override suspend fun accessToken(): String = error(SECRET)
        }
        val client = connect("https://eventos.example", KEY, tokens = failing)
        val error = assertThrows(EventosException::class.java) { runBlocking { client.events.all() } }
        assertFalse(SECRET in error.message.orEmpty())
    }

    @Test
    fun `the version is told`() = assertTrue(Regex("""\d+\.\d+\.\d+""").matches(version()))
}

/** The memory of this process, outside of the heap too. */
private fun residentKilobytes(): Long {
    repeat(3) { System.gc() }
    val line = File("/proc/self/status").readLines().first { it.startsWith("VmRSS:") }
    return line.filter(Char::isDigit).toLong()
}
