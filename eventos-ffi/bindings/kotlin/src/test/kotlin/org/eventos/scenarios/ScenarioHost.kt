package org.eventos.scenarios

import java.time.Duration
import java.time.Instant
import kotlinx.coroutines.awaitCancellation
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import org.eventos.Clock
import org.eventos.HttpHeader
import org.eventos.HttpRequest
import org.eventos.HttpResponse
import org.eventos.Platform
import org.eventos.PlatformException

/** How long a call may take; no pause between tries is as long. */
private val LIMIT: Duration = Duration.ofSeconds(30)

/** A platform that holds everything still: it answers as a scenario tells, and notes what was sent and how long was waited. */
class ScenarioHost(exchanges: List<JsonObject>, private var now: Instant) : Platform, Clock {
    val sent = mutableListOf<HttpRequest>()
    val pauses = mutableListOf<Long>()
    private val exchanges = ArrayDeque(exchanges)
    private var byte = 0

    override suspend fun send(request: HttpRequest): HttpResponse {
        sent += request
        val exchange = exchanges.removeFirstOrNull() ?: throw PlatformException.NoConnection("nothing more is told")
        when (val fault = exchange.text("fault")) {
            null -> return answer(exchange.getValue("response").jsonObject)
            "connect" -> throw PlatformException.NoConnection("no connection")
            "timeout" -> throw PlatformException.TimedOut()
            "cancelled" -> throw PlatformException.Cancelled()
            else -> error("there is no fault $fault")
        }
    }

    override suspend fun sleep(duration: Duration) {
        if (duration >= LIMIT) awaitCancellation()
        pauses += duration.toMillis()
        now += duration
    }

    override fun now(): Instant = now

    override fun random(length: UInt) = ByteArray(length.toInt()) { (++byte).toByte() }
}

private fun answer(response: JsonObject): HttpResponse {
    val headers = response["headers"]?.jsonObject.orEmpty().map { (name, value) -> HttpHeader(name, value.text) }
    val status = response["status"]?.number?.toUShort() ?: 200u
    val body = response["body"] ?: return HttpResponse(status, headers, response.text("text").orEmpty().toByteArray())
    val rows = response["repeat"]?.let { times -> JsonArray(List(times.number.toInt()) { body.jsonArray.single() }) } ?: body
    val isTyped = headers.any { it.name == "content-type" }
    val typed = if (isTyped) headers else headers + HttpHeader("content-type", "application/json")
    return HttpResponse(status, typed, rows.toString().toByteArray())
}
