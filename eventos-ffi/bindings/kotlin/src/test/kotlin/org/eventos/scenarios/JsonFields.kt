package org.eventos.scenarios

import java.time.Instant
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long

// What scenarios hold, as Kotlin's own types.

val JsonElement.text: String get() = jsonPrimitive.content
val JsonElement.number: Long get() = jsonPrimitive.long

fun JsonObject.text(name: String): String? = get(name)?.takeIf { it != JsonNull }?.text

fun JsonObject.time(name: String): Instant? = text(name)?.let(Instant::parse)

fun JsonObject.objects(name: String): List<JsonObject> = get(name)?.jsonArray.orEmpty().map { it.jsonObject }
