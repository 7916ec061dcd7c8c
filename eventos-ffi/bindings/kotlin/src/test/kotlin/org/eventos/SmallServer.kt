package org.eventos

import java.io.InputStream
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.concurrent.thread

/** A request as it arrived. Names of headers are in lower case. */
class Arrived(val method: String, val target: String, val headers: Map<String, String>, val body: String)

/**
 * An HTTP server on this machine that answers with what [answer] gives: the whole answer, nothing to break the connection, or
 * null to leave its client waiting.
 */
class SmallServer(private val answer: (Arrived) -> String?) : AutoCloseable {
    private val socket = ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"))
    val url = "http://127.0.0.1:${socket.localPort}"

    /** What arrived so far. */
    val arrived = ConcurrentLinkedQueue<Arrived>()

    /** Is complete once a request has arrived. */
    val asked = CompletableFuture<Unit>()

    /** Is complete once a client has closed a connection. */
    val left = CompletableFuture<Unit>()

    init {
        thread(isDaemon = true) {
            while (!socket.isClosed) {
                val connection = runCatching { socket.accept() }.getOrNull() ?: break
                thread(isDaemon = true) { connection.use { runCatching { serve(it) } } }
            }
        }
    }

    private fun serve(connection: Socket) {
        val input = connection.getInputStream().buffered()
        while (true) {
            val request = read(input) ?: break
            arrived += request
            asked.complete(Unit)
            val answer = answer(request) ?: continue
            connection.getOutputStream().write(answer.toByteArray(Charsets.ISO_8859_1))
            if (answer.isEmpty() || "connection: close" in answer) return
        }
        left.complete(Unit)
    }

    private fun read(input: InputStream): Arrived? {
        val (method, target) = line(input)?.split(' ') ?: return null
        val headers = generateSequence { line(input)?.ifEmpty { null } }.associate {
            it.substringBefore(':').lowercase() to it.substringAfter(':').trim()
        }
        val body = input.readNBytes(headers["content-length"]?.toInt() ?: 0).decodeToString()
        return Arrived(method, target, headers, body)
    }

    private fun line(input: InputStream): String? {
        val line = StringBuilder()
        while (true) {
            val byte = input.read()
            if (byte == -1) return null
            if (byte == '\n'.code) return line.removeSuffix("\r").toString()
            line.append(byte.toChar())
        }
    }

    override fun close() = socket.close()
}

/** An answer with a body of JSON. */
fun json(body: String, status: String = "200 OK", vararg headers: String): String {
    val all = listOf("content-type: application/json", "content-length: ${body.length}") + headers
    return "HTTP/1.1 $status\r\n${all.joinToString("") { "$it\r\n" }}\r\n$body"
}
