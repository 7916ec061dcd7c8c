package org.eventos.scenarios

import java.net.URLDecoder
import java.time.Instant
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject
import org.eventos.Client
import org.eventos.EventosException
import org.eventos.HttpRequest
import org.eventos.Settings
import org.eventos.answer
import org.eventos.code
import org.eventos.detail
import org.eventos.isForbidden
import org.eventos.isRetryable
import org.eventos.isUnauthenticated
import org.eventos.tokens

/** What a scenario makes be seen: `observed` and `expected` are equal where all is well. */
class Played(val observed: JsonElement, val expected: JsonElement)

/** Plays one scenario against a platform that answers as it tells. */
suspend fun play(scenario: JsonObject, callers: JsonObject): Played {
    val credentials = callers.getValue("callers").jsonObject.getValue(scenario.text("as") ?: "visitor").jsonObject
    val settings = JsonObject(mapOf("url" to callers.getValue("url")) + credentials + scenario["client"]?.jsonObject.orEmpty())
    val exchanges = scenario.objects("exchanges")
    val host = ScenarioHost(exchanges, Instant.parse(scenario.text("now") ?: callers.text("now")))
    val input = scenario["input"]?.jsonObject ?: JsonObject(emptyMap())
    val outcome = try {
        "result" to made(scenario.text("call")!!, input) { client(settings, host) }
    } catch (error: EventosException) {
        "error" to told(error, scenario["error"]?.jsonObject.orEmpty().keys)
    }
    val base = settings.text("url")!!.trimEnd('/')
    val observed = mapOf(
        "requests" to JsonArray(host.sent.map { seen(it, base) }),
        "pauses" to plain(host.pauses),
        outcome,
    )
    val expected = mapOf(
        "requests" to JsonArray(exchanges.map { wanted(it.getValue("request").jsonObject, settings) }),
        "pauses" to (scenario["pauses_ms"] ?: JsonArray(emptyList())),
    ) + scenario.filterKeys { it == "result" || it == "error" }
    return Played(JsonObject(observed), JsonObject(expected))
}

private fun client(settings: JsonObject, host: ScenarioHost): Client {
    val own = Settings(
        url = settings.text("url")!!,
        key = settings.text("key")!!,
        schema = settings.text("schema"),
        maxRows = settings["max_rows"]?.number?.toULong(),
        tries = settings["tries"]?.number?.toUInt(),
    )
    val token = settings.text("token")
    return Client(own, host, token?.let { tokens { it } }, clock = host)
}

/** A request with what goes without saying. */
private fun wanted(request: JsonObject, settings: JsonObject): JsonObject {
    val key = settings.text("key")!!
    val bearer = settings.text("token") ?: key.takeIf { it.startsWith("ey") }
    val headers = buildMap {
        put("accept", JsonPrimitive("application/json"))
        put("apikey", JsonPrimitive(key))
        if (bearer != null) put("authorization", JsonPrimitive("Bearer $bearer"))
        if ("body" in request) put("content-type", JsonPrimitive("application/json"))
        putAll(request["headers"]?.jsonObject.orEmpty())
    }
    return JsonObject(
        mapOf(
            "method" to request.getValue("method"),
            "path" to request.getValue("path"),
            "query" to (request["query"] ?: JsonArray(emptyList())),
            "headers" to JsonObject(headers),
            "body" to (request["body"] ?: JsonNull),
        ),
    )
}

/** A request as it was sent. */
private fun seen(request: HttpRequest, base: String): JsonObject {
    check(request.url.startsWith(base)) { "${request.url} is not below $base" }
    val (path, query) = request.url.removePrefix(base).split('?', limit = 2).let { it[0] to it.getOrElse(1) { "" } }
    val pairs = query.split('&', ';').filter(String::isNotEmpty).map { part ->
        listOf(part.substringBefore('='), part.substringAfter('=', "")).map { URLDecoder.decode(it, Charsets.UTF_8) }
    }
    return JsonObject(
        mapOf(
            "method" to JsonPrimitive(request.method),
            "path" to JsonPrimitive(path),
            "query" to plain(pairs),
            "headers" to JsonObject(request.headers.associate { it.name to JsonPrimitive(it.value) }),
            "body" to (request.body?.let(Json::parseToJsonElement) ?: JsonNull),
        ),
    )
}

/** An error: its kind and code, and whatever else is expected of it by name. */
fun told(error: EventosException, expected: Set<String>): JsonObject {
    val answer = error.answer
    val all = mapOf(
        "kind" to snake(error.javaClass.simpleName),
        "code" to error.code,
        "message" to error.detail,
        "retryable" to error.isRetryable,
        "forbidden" to error.isForbidden,
        "unauthenticated" to error.isUnauthenticated,
        "status" to answer?.status?.toInt(),
        "details" to answer?.details,
        "hint" to answer?.hint,
        "constraint" to answer?.constraint,
        "retry_after" to answer?.retryAfter?.toLong(),
    )
    return plain(all.filterKeys { it == "kind" || it == "code" || it in expected }).jsonObject
}
