package org.eventos.checkin

import kotlin.system.exitProcess
import kotlinx.coroutines.runBlocking
import org.eventos.EventosException
import org.eventos.connect

/** Lets people in at one event's door, from a terminal. README.md says how. */
fun main(arguments: Array<String>) {
    try {
        val options = Options.parse(arguments.asList())
        val url = System.getenv("EVENTOS_URL")
        val key = System.getenv("EVENTOS_ANON_KEY")
        if (url.isNullOrEmpty() || key.isNullOrEmpty()) {
            throw Usage("EVENTOS_URL and EVENTOS_ANON_KEY are not set: they say which server to talk to.")
        }
        connect(url, key).use { client -> runBlocking { checkIn(client, options, Terminal()) } }
    } catch (usage: Usage) {
        leave(usage.message, 2)
    } catch (end: CannotGoOn) {
        leave(end.message, 1)
    } catch (error: EventosException) {
        leave(inWords(error), 1)
    } catch (_: EndOfInput) {
        println()
    }
}

/** The program was started in a way that it does not know. */
class Usage(override val message: String) : Exception()

/** Something that no answer of the user can mend. */
class CannotGoOn(override val message: String) : Exception()

private fun leave(message: String, code: Int): Nothing {
    System.err.println("check-in: $message")
    exitProcess(code)
}

/** What is said on the command line. */
class Options(val event: String? = null, val device: String = "terminal", val gate: String? = null) {
    companion object {
        private const val USAGE = "Usage: check-in [--event ID] [--device NAME] [--gate NAME]"
        private val NAMES = setOf("--event", "--device", "--gate")

        fun parse(arguments: List<String>): Options {
            val values = arguments.chunked(2).associate { pair ->
                if (pair[0] !in NAMES || pair.size < 2) throw Usage("what is ${pair[0]}? $USAGE")
                pair[0] to pair[1]
            }
            return Options(values["--event"], values["--device"] ?: "terminal", values["--gate"])
        }
    }
}
