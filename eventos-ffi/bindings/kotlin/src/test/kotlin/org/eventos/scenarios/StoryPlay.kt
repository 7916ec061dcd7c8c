package org.eventos.scenarios

import java.util.UUID
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import org.eventos.Client
import org.eventos.EventosException

/** Plays stories against a real server, step by step, each held against its pattern. [clientOf] gives the client of a caller. */
class StoryPlay(private val clientOf: suspend (String) -> Client) {
    private val kept = mutableMapOf<String, JsonElement>()

    /** What went wrong, as lines; the clean-up is played in any case. */
    suspend fun play(story: JsonObject): List<String> {
        story["fresh"]?.jsonArray?.forEach { kept[it.text] = JsonPrimitive(UUID.randomUUID().toString()) }
        val wrong = steps(story.objects("steps"))
        return wrong + story.objects("cleanup").flatMap { steps(listOf(it)) }
    }

    private suspend fun steps(steps: List<JsonObject>): List<String> =
        steps.firstNotNullOfOrNull { step -> step(step).map { "${step.text("name")}: $it" }.ifEmpty { null } }.orEmpty()

    private suspend fun step(step: JsonObject): List<String> {
        val input = step["input"]?.let { filled(it) as JsonObject } ?: JsonObject(emptyMap())
        val error = step["error"]?.jsonObject
        val observed = try {
            made(step.text("call")!!, input) { clientOf(step.text("as") ?: "visitor") }
        } catch (thrown: EventosException) {
            if (error == null) return listOf("expected a result, but got the error $thrown")
            return unmet(filled(error), told(thrown, error.keys), "")
        }
        if (error != null) return listOf("expected an error, but got $observed")
        val wrong = unmet(filled(step.getValue("result")), observed, "")
        if (wrong.isEmpty()) step["save"]?.jsonObject?.forEach { (name, pointer) -> kept[name] = at(observed, pointer.text) }
        return wrong
    }

    /** A value with `${name}` in its texts replaced: by the value itself where nothing else stands there. */
    private fun filled(value: JsonElement): JsonElement = when (value) {
        is JsonObject -> JsonObject(value.mapValues { (_, field) -> filled(field) })
        is JsonArray -> JsonArray(value.map(::filled))
        is JsonPrimitive -> when {
            !value.isString -> value
            else -> NAME.matchEntire(value.content)?.let { kept.getValue(it.groupValues[1]) }
                ?: JsonPrimitive(NAME.replace(value.content) { kept.getValue(it.groupValues[1]).text })
        }
    }
}

private val NAME = Regex("""\$\{(\w+)}""")

private fun at(value: JsonElement, pointer: String): JsonElement =
    pointer.split('/').drop(1).map { it.replace("~1", "/").replace("~0", "~") }.fold(value) { found, name ->
        if (found is JsonArray) found[name.toInt()] else found.jsonObject.getValue(name)
    }
