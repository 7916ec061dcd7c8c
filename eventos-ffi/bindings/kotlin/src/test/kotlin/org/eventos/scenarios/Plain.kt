package org.eventos.scenarios

import java.lang.reflect.Modifier
import java.time.Instant
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import org.eventos.EventStatus
import org.eventos.EventType
import org.eventos.PaymentStatus
import org.eventos.Source
import org.eventos.TicketStatus
import org.eventos.Visibility

/** Enumerations of which a newer server may know more: they are texts. */
private val LABELS = setOf(
    EventStatus::class, EventType::class, PaymentStatus::class, Source::class, TicketStatus::class, Visibility::class,
).map { it.java }

/** A value of the library as JSON, as scenarios write it. */
fun plain(value: Any?): JsonElement = when (value) {
    null -> JsonNull
    is Boolean -> JsonPrimitive(value)
    is Number -> JsonPrimitive(value)
    is ULong -> JsonPrimitive(value.toLong())
    is String -> JsonPrimitive(value)
    is Instant -> JsonPrimitive(value.toString())
    is Enum<*> -> JsonPrimitive(value.name.lowercase())
    is List<*> -> JsonArray(value.map(::plain))
    is Map<*, *> -> JsonObject(value.entries.associate { (name, held) -> name as String to plain(held) })
    else -> record(value)
}

private fun record(value: Any): JsonElement {
    val type = value.javaClass
    val fields = type.declaredFields.filterNot { Modifier.isStatic(it.modifiers) }.associate { field ->
        field.isAccessible = true
        (if (field.name == "kind") "type" else snake(field.name)) to plain(field.get(value))
    }
    return when {
        type.superclass in LABELS -> fields["label"] ?: JsonPrimitive(snake(type.simpleName))
        fields.keys == setOf("value") -> fields.getValue("value")
        type.superclass == type.declaringClass -> JsonObject(mapOf("outcome" to JsonPrimitive(snake(type.simpleName))) + fields)
        else -> JsonObject(fields - "outcome" + (fields["outcome"] as? JsonObject).orEmpty())
    }
}

/** `SoldOut` and `soldOut` as `sold_out`. */
fun snake(name: String): String =
    name.replace(Regex("[A-Z]")) { "_" + it.value.lowercase() }.removePrefix("_")
