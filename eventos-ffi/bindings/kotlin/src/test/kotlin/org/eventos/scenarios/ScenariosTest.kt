package org.eventos.scenarios

import java.io.File
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory

/** The folder of the scenarios that every surface plays. */
val SCENARIOS = File("../../../tests/scenarios")

fun read(file: File) = Json.parseToJsonElement(file.readText()).jsonObject

/** Plays the scenarios in which the answers are told by the file. */
class ScenariosTest {
    @TestFactory
    fun `every scenario is played`(): List<DynamicTest> {
        val callers = read(File(SCENARIOS, "callers.json"))
        val tests = listOf("query", "code", "error", "flow").flatMap { folder ->
            File(SCENARIOS, folder).listFiles { file -> file.extension == "json" }!!.sorted().flatMap { file ->
                read(file).objects("scenarios").map { scenario ->
                    dynamicTest("$folder/${file.nameWithoutExtension}: ${scenario.text("name")}") {
                        val played = runBlocking { play(scenario, callers) }
                        assertEquals(lines(played.expected), lines(played.observed))
                    }
                }
            }
        }
        assertTrue(tests.size > 450) { "only ${tests.size} scenarios were found" }
        return tests
    }

    /** JSON in which a difference is easily seen. */
    private fun lines(json: JsonElement) = PRETTY.encodeToString(JsonElement.serializer(), sorted(json))
}

private val PRETTY = Json { prettyPrint = true }

/** Fields in the order of their names. */
private fun sorted(json: JsonElement): JsonElement = when (json) {
    is JsonObject -> JsonObject(json.toSortedMap().mapValues { (_, field) -> sorted(field) })
    is JsonArray -> JsonArray(json.map(::sorted))
    else -> json
}
