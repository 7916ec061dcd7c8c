package org.eventos

import java.net.InetAddress
import java.net.ServerSocket
import java.time.Duration
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit.SECONDS
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.withTimeoutOrNull
import okhttp3.Dispatcher
import okhttp3.OkHttpClient
import okhttp3.Protocol
import okhttp3.ResponseBody
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

const val KEY = "sb_publishable_a_key_of_tests"

/** Calls over sockets, to servers that behave well and badly. */
class OkHttpPlatformTest {
    @Test
    fun `an answer comes as rows and what was asked arrives as it was written`() = serving({ json(COUNTED) }) { client, server ->
        assertEquals(listOf("Gala"), client.fetch(NAMES) { it.split('"')[3].let(::listOf) })
        val request = server.arrived.single()
        assertEquals("GET" to "/rest/v1/events?select=name", request.method to request.target)
        assertEquals(KEY, request.headers["apikey"])
        assertNull(request.headers["cookie"])
    }

    @Test
    fun `a coroutine that is cancelled closes its connection`() = serving({ null }) { client, server ->
        runBlocking {
            val call = launch(Dispatchers.IO) { client.events.all() }
            server.asked.get(10, SECONDS)
            assertFalse(server.left.isDone)
            call.cancelAndJoin()
            server.left.get(10, SECONDS)
        }
        assertEquals(1, server.arrived.size)
    }

    @Test
    fun `a time limit of the coroutine holds`() = serving({ null }) { client, server ->
        assertNull(withTimeoutOrNull(1.seconds) { client.events.all() })
        server.left.get(10, SECONDS)
    }

    @Test
    fun `a time limit of the client holds`() = serving({ null }) { _, server ->
        val client = connect(server.url, KEY, timeout = 1.seconds)
        assertThrows(EventosException.Timeout::class.java) { runBlocking { client.events.all() } }
        server.left.get(10, SECONDS)
    }

    @Test
    fun `a redirect is not followed`() = serving({ json("", "302 Found", "location: /elsewhere") }) { client, server ->
        val error = assertThrows(EventosException.Server::class.java) { runBlocking { client.events.all() } }
        assertEquals(302, error.answer.status.toInt())
        assertEquals(1, server.arrived.size)
    }

    @Test
    fun `a redirect is not followed by a client of the app's own either`() =
        serving({ json("", "302 Found", "location: /elsewhere") }) { _, server ->
            val client = connect(server.url, KEY, OkHttpPlatform(OkHttpClient()))
            assertThrows(EventosException.Server::class.java) { runBlocking { client.events.all() } }
            assertEquals(1, server.arrived.size)
        }

    @Test
    fun `cookies are forgotten`() = serving({ json("[]", "200 OK", "set-cookie: a=b") }) { client, server ->
        repeat(2) { client.events.all() }
        assertEquals(listOf(null, null), server.arrived.map { it.headers["cookie"] })
    }

    @Test
    fun `garbage is an answer that does not fit`() = serving({ json("\u00ff\u00fe not JSON") }) { client, _ ->
        assertThrows(EventosException.Decode::class.java) { runBlocking { client.events.all() } }
    }

    @Test
    fun `what is no HTTP is a broken connection`() = serving({ "SSH-2.0-server\r\n\r\n" }) { client, _ ->
        assertThrows(EventosException.Connect::class.java) { runBlocking { client.events.all() } }
    }

    @Test
    fun `an answer that breaks off is a broken connection`() =
        serving({ "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 100\r\n\r\n[" }) { client, _ ->
            assertThrows(EventosException.Connect::class.java) { runBlocking { client.events.all() } }
        }

    @Test
    fun `a connection that went silent is left for another`() {
        val connections = AtomicInteger()
        ServerSocket(0, 50, InetAddress.getLoopbackAddress()).use { silent ->
            thread(isDaemon = true) {
                runCatching {
                    while (true) {
                        val connection = silent.accept()
                        connections.incrementAndGet()
                        thread(isDaemon = true) { runCatching { connection.getInputStream().readAllBytes() } }
                    }
                }
            }
            val http = patient(asksEvery = Duration.ofMillis(500)).newBuilder().protocols(listOf(Protocol.H2_PRIOR_KNOWLEDGE))
            val url = "http://127.0.0.1:${silent.localPort}"
            connect(url, KEY, OkHttpPlatform(http.build()), tries = 1u, timeout = 20.seconds).use { client ->
                repeat(2) { assertThrows(EventosException.Connect::class.java) { runBlocking { client.events.all() } } }
            }
            assertEquals(2, connections.get())
        }
    }

    @Test
    fun `no server is no connection, and the error names no address`() {
        val url = SmallServer { null }.use { it.url }
        val error = assertThrows(EventosException.Connect::class.java) { runBlocking { connect(url, KEY).events.all() } }
        assertFalse("127.0.0.1" in error.message) { error.message }
    }

    @Test
    fun `a write whose connection breaks is not sent again`() =
        serving({ if (it.method == "GET") json("[]") else "" }) { client, server ->
            // OkHttp would send again what breaks on a connection that it has used before.
            client.venues.all()
            assertThrows(EventosException.Connect::class.java) {
                runBlocking { client.venues.update(VenueChange.ContactPhone(null)).where { city eq "Toronto" } }
            }
            assertEquals(listOf("GET", "PATCH"), server.arrived.map { it.method })
        }

    @Test
    fun `an answer for which there is no memory is an error of the call`() = serving({ json(COUNTED) }) { _, server ->
        val threads = Executors.newCachedThreadPool { work -> Thread(work).apply { setUncaughtExceptionHandler { _, _ -> } } }
        val huge = OkHttpClient.Builder()
            .dispatcher(Dispatcher(threads))
            .addInterceptor { it.proceed(it.request()).newBuilder().body(TooLarge).build() }
            .build()
        val client = connect(server.url, KEY, OkHttpPlatform(huge), tries = 1u)
        assertThrows(EventosException::class.java) { runBlocking { withTimeout(10.seconds) { client.events.all() } } }
    }

    @Test
    fun `a hundred calls at once are answered each`() = serving({ json(COUNTED) }) { client, server ->
        val names = (1..100).map { async { client.fetch(NAMES) { it } } }.awaitAll()
        assertEquals(setOf(COUNTED), names.toSet())
        assertEquals(100, server.arrived.size)
    }

    private fun serving(answer: (Arrived) -> String?, test: suspend CoroutineScope.(Client, SmallServer) -> Unit) =
        SmallServer(answer).use { server ->
            connect(server.url, KEY, tries = 1u).use { client -> runBlocking { test(client, server) } }
        }
}

private object TooLarge : ResponseBody() {
    override fun contentType() = null

    override fun contentLength() = -1L

    override fun source() = throw OutOfMemoryError()
}

private const val NAMES = """{"from": "events", "select": {"name": 1}}"""
private const val COUNTED = """[{"name":"Gala"}]"""
