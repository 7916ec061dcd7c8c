package org.eventos.scenarios

import java.io.File
import kotlinx.coroutines.runBlocking
import org.eventos.Client
import org.eventos.SeededServer
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory

/** Plays the specification's real-world examples against a real server. */
class StoriesTest {
    @TestFactory
    fun `every story is played`(): List<DynamicTest> {
        val clients = mutableMapOf<String, Client>()
        val stories = read(File(SCENARIOS, "live/real-world-examples.json")).objects("scenarios")
        check(stories.isNotEmpty())
        return stories.map { story ->
            dynamicTest(story.text("name")) {
                val wrong = runBlocking { StoryPlay { clients.getOrPut(it) { SeededServer.client(it) } }.play(story) }
                assertEquals(emptyList<String>(), wrong)
            }
        }
    }
}
