package org.eventos.scenarios

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray

private val TYPES = mapOf(
    "uuid" to """[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}""",
    "time" to """\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)""",
    "slug" to """[a-z0-9]+(-[a-z0-9]+)*""",
    "order_number" to """ORD-\d{8}-[0-9A-F]{8}""",
    "ticket_number" to """TKT-[0-9A-F]{8}-\d{6}""",
    "qr_payload" to """[A-Za-z0-9+/]{43}=""",
).mapValues { Regex(it.value) }

/** Where a value does not meet a pattern of a story, as lines. */
fun unmet(pattern: JsonElement, value: JsonElement?, place: String): List<String> {
    val differs = listOf("${place.ifEmpty { "it" }} is $value, not $pattern")
    fun differsUnless(holds: Boolean) = if (holds) emptyList() else differs
    return when {
        pattern is JsonArray ->
            if (value !is JsonArray || value.size != pattern.size) differs
            else pattern.indices.flatMap { unmet(pattern[it], value[it], "$place[$it]") }
        pattern !is JsonObject -> differsUnless(pattern == value)
        "\$type" in pattern -> differsUnless(value is JsonPrimitive && TYPES.getValue(pattern.text("\$type")!!).matches(value.content))
        "\$at_least" in pattern -> differsUnless(value is JsonPrimitive && value.number >= pattern.getValue("\$at_least").number)
        "\$starts_with" in pattern -> differsUnless(value is JsonPrimitive && value.content.startsWith(pattern.text("\$starts_with")!!))
        "\$contains" in pattern -> differsUnless(
            value is JsonArray && pattern.getValue("\$contains").jsonArray.all { wanted -> value.any { unmet(wanted, it, place).isEmpty() } },
        )
        value !is JsonObject -> differs
        else -> pattern.flatMap { (name, field) -> unmet(field, value[name], if (place.isEmpty()) name else "$place.$name") }
    }
}
