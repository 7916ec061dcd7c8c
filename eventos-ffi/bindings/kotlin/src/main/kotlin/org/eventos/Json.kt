package org.eventos

/**
 * What a [query] in the core's JSON form gives, decoded by [decode]: for what the typed tables do not have.
 *
 *     client.fetch("""{"from": "events", "select": {"name": 1}}""") { Json.decodeFromString<List<Named>>(it) }
 */
suspend inline fun <T> Client.fetch(query: String, decode: (String) -> T): T = decode(fetchJson(query))

/** What a [function] of the database gives for [arguments], a JSON object of its arguments by name, decoded by [decode]. */
suspend inline fun <T> Client.call(function: String, arguments: String = "{}", decode: (String) -> T): T =
    decode(rpc(function, arguments))
