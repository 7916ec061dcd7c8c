package org.eventos.checkin

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.eventos.DoorAttendee
import org.eventos.DoorStats
import org.eventos.EventosException
import org.eventos.TicketStatus
import org.eventos.Undo

private const val SHORTEST_SEARCH = 2
private const val TOO_SHORT = "Type at least two characters of a name, an e-mail or a ticket number."
private const val HELP = """undo [REASON]  take the last admission back
find TEXT      look for a name, an e-mail or a ticket number
counts         show the figures
help           show this
quit           leave
Everything else is taken for a scanned code."""

/** Scan after scan, until the user leaves. */
suspend fun atTheDoor(model: DoorViewModel, event: String, terminal: Terminal) = coroutineScope {
    val fresh = launch { model.refreshEvery() }
    terminal.say("Door of $event. Scan codes, or type a command: help lists them.")
    try {
        do {
            val line = withContext(Dispatchers.IO) { terminal.ask(prompt(model.screen.value.figures)) }
        } while (done(line, model, terminal))
    } finally {
        fresh.cancel()
    }
}

private fun prompt(figures: DoorStats?) = figures?.run { "[$admitted in, $expected to come] > " } ?: "> "

/** Does what a line says; false where it says to leave. */
private suspend fun done(line: String, model: DoorViewModel, terminal: Terminal): Boolean {
    val word = line.substringBefore(' ')
    val rest = line.substringAfter(' ', "").trim()
    when {
        line.isEmpty() -> {}
        line == "quit" -> return false
        line == "help" -> terminal.say(HELP)
        line == "counts" -> counts(model, terminal)
        word == "undo" -> undo(rest, model, terminal)
        word == "find" -> find(rest, model, terminal)
        else -> scan(line, model, terminal)
    }
    return true
}

private suspend fun scan(code: String, model: DoorViewModel, terminal: Terminal) {
    model.scan(code)
    when (val fate = model.screen.value.scan) {
        is ScanFate.Answered -> terminal.say(verdict(fate.answer))
        is ScanFate.Unanswered -> terminal.say("? No answer: ${inWords(fate.error)} This is no verdict: scan again.")
        is ScanFate.Failed -> terminal.say(notScanned(fate.error))
        ScanFate.Asking, null -> {}
    }
    model.refreshIfPossible()
}

private suspend fun undo(reason: String, model: DoorViewModel, terminal: Terminal) {
    model.undo(reason.ifEmpty { "scanned by mistake" })
    val line = when (val fate = model.screen.value.undo) {
        null, UndoFate.NobodyToTakeBack -> "Nothing to take back: nobody was admitted here since the program started."
        is UndoFate.Failed -> when (fate.error) {
            is EventosException.NotFound -> "Not yours to take back: the device that admitted can, or the organizer."
            else -> inWords(fate.error)
        }
        is UndoFate.Answered -> when (val answer = fate.answer) {
            Undo.Undone -> "Taken back: ${holder(fate.admission)}. The ticket admits again."
            Undo.NotAdmitted -> "Nobody is in by that scan any more."
            is Undo.TooLate -> "Too late: it could be taken back until ${clockTime(answer.until)}."
        }
    }
    terminal.say(line)
    model.refreshIfPossible()
}

private suspend fun find(text: String, model: DoorViewModel, terminal: Terminal) {
    if (text.length < SHORTEST_SEARCH) return terminal.say(TOO_SHORT)
    try {
        model.find(text)
    } catch (error: EventosException) {
        return terminal.say(inWords(error))
    }
    val found = model.screen.value.found
    if (found.isEmpty()) terminal.say("Nobody found.")
    for (person in found) terminal.say("${person.fullName}, ${person.email}, ${person.ticketNumber}: ${standing(person)}")
}

private fun standing(person: DoorAttendee): String = when (val status = person.status) {
    TicketStatus.Active -> "not here yet"
    TicketStatus.Used -> "checked in" + person.checkedInAt?.let { " ${atTime(it)}" }.orEmpty()
    TicketStatus.Cancelled -> "cancelled"
    TicketStatus.Refunded -> "refunded"
    is TicketStatus.Unrecognized -> status.label
}

private suspend fun counts(model: DoorViewModel, terminal: Terminal) {
    try {
        model.refresh()
    } catch (error: EventosException) {
        return terminal.say(inWords(error))
    }
    val figures = model.screen.value.figures ?: return
    terminal.say("In: ${figures.admitted}. To come: ${figures.expected}. Capacity: ${figures.capacity}.")
    for ((title, counted) in listOf("Scans" to figures.scans, "Gates" to figures.gates)) {
        if (counted.isEmpty()) continue
        terminal.say("$title: ${counted.toSortedMap().map { (name, count) -> "$name $count" }.joinToString()}.")
    }
}
