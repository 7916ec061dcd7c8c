package org.eventos.checkin

import java.io.Console

/** The input has ended: the user is gone. */
class EndOfInput : Exception()

/** Asks and tells. Colours and hidden passwords are for terminals; a script gets plain lines. */
class Terminal {
    private val console = System.console()?.takeIf { it.isForTerminal }
    private val hasColours = console != null && System.getenv("NO_COLOR").isNullOrEmpty()

    fun say(line: String) = println(line)

    /** A line that begins with a mark and a word in green, for a yes, or red. */
    fun say(verdict: Verdict) {
        val told = "${verdict.mark} ${verdict.word}"
        println((if (hasColours) verdict.colour + told + PLAIN else told) + verdict.rest)
    }

    /** What is entered after a prompt, without blanks around it. */
    fun ask(prompt: String): String {
        print(prompt)
        System.out.flush()
        return (readlnOrNull() ?: throw EndOfInput()).trim()
    }

    /** A password, which is not shown where there is a console. */
    fun askPassword(prompt: String): String =
        if (console == null) ask(prompt) else String(console.readPassword(prompt) ?: throw EndOfInput())

    private val Verdict.colour get() = if (isYes) BOLD_GREEN else BOLD_RED
}

/** Since JDK 22 there can be a console without a terminal, which it tells; before, it has no such method. */
private val Console.isForTerminal: Boolean
    get() = runCatching { Console::class.java.getMethod("isTerminal").invoke(this) as Boolean }.getOrDefault(true)

private const val BOLD_GREEN = "\u001B[1;32m"
private const val BOLD_RED = "\u001B[1;31m"
private const val PLAIN = "\u001B[0m"
