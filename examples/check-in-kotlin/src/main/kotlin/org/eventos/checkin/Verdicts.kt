package org.eventos.checkin

import org.eventos.CheckIn
import org.eventos.EventStatus
import org.eventos.EventosException
import org.eventos.FirstScan
import org.eventos.Outcome

/** What a door says of a scan: a mark, a word, and the rest of the line. */
class Verdict(val isYes: Boolean, val word: String, val rest: String) {
    val mark get() = if (isYes) "✓" else "✗"
}

/** What an answer means for whoever stands at the door. That no outcome is left out, the compiler checks. */
fun verdict(answer: CheckIn): Verdict {
    val (word, meaning) = when (val outcome = answer.outcome) {
        Outcome.Admitted -> {
            val again = if (answer.isReplay) ". Answered again: the first answer was lost." else ""
            return Verdict(isYes = true, "Admitted", ": ${holder(answer)}$again")
        }
        is Outcome.AlreadyUsed -> "Already used" to firstUse(outcome.firstScan)
        Outcome.UnknownCode -> "Unknown code" to "This is no ticket's code: ask for the ticket's e-mail, or find the name."
        is Outcome.WrongEvent -> "Wrong event" to "The ticket is for ${outcome.actual?.name ?: "another event"}."
        is Outcome.EventNotActive -> "Event not active" to standing(outcome.status)
        is Outcome.OutsideWindow -> "Outside the hours" to outcome.window.run {
            "This door is open from ${dayAndTime(opensAt)} to ${dayAndTime(closesAt)}."
        }
        Outcome.Refunded -> "Refunded" to "The ticket was paid back and admits nobody."
        Outcome.Cancelled -> "Cancelled" to "The ticket was cancelled and admits nobody."
        Outcome.Unpaid -> "Not paid" to "The ticket's order is not paid."
        Outcome.NotAuthorized -> "Not authorized" to "This device may not work at this door: ask the organizer for a door token."
    }
    val isKnown = answer.ticket != null || answer.attendee != null
    return Verdict(isYes = false, word, "${if (isKnown) ": ${holder(answer)}" else ""}. $meaning")
}

/** What is said of a scan that the server did not take. */
fun notScanned(error: EventosException) = Verdict(isYes = false, "Not scanned", ": ${inWords(error)}")

/** Whom a ticket admits, and its number. */
fun holder(answer: CheckIn): String =
    listOfNotNull(answer.attendee?.fullName, answer.ticket?.number).joinToString().ifEmpty { "nobody known" }

private fun firstUse(first: FirstScan): String {
    val came = first.at?.let { "Came in ${atTime(it)}" } ?: "Somebody came in with it"
    return came + first.gate?.let { ", gate $it" }.orEmpty() + first.device?.let { ", with $it" }.orEmpty() + "."
}

private fun standing(status: EventStatus): String = when (status) {
    EventStatus.Draft -> "The event is a draft: its organizer must publish it first."
    EventStatus.Completed -> "The event is over."
    EventStatus.Cancelled -> "The event was cancelled."
    else -> "The event is ${label(status)}."
}

fun label(status: EventStatus): String = when (status) {
    EventStatus.Draft -> "draft"
    EventStatus.Published -> "published"
    EventStatus.Cancelled -> "cancelled"
    EventStatus.Completed -> "completed"
    is EventStatus.Unrecognized -> status.label
}
