package org.eventos.checkin

import java.util.UUID
import org.eventos.Client
import org.eventos.DoorSettings
import org.eventos.EventId
import org.eventos.EventosException
import org.eventos.isForbidden

/** The program: who works, at which event, and then scan after scan. */
suspend fun checkIn(client: Client, options: Options, terminal: Terminal) {
    val staff = signIn(client, terminal)
    while (true) {
        val event = options.event?.let { DoorOf(it, it) } ?: pickEvent(client, staff, terminal)
        val settings = DoorSettings(token = staff.doorToken, device = options.device, gate = options.gate)
        client.door(EventId(event.id), settings).use { door ->
            val model = DoorViewModel(door)
            try {
                model.refresh()
                return atTheDoor(model, event.name, terminal)
            } catch (error: EventosException) {
                val problem = if (error.isForbidden) NOT_YOURS else inWords(error)
                if (options.event != null) throw CannotGoOn(problem)
                terminal.say(problem)
            }
        }
    }
}

/** Who works at the door: somebody who signed in, or whoever holds a door token. */
class Staff(val doorToken: String?)

private suspend fun signIn(client: Client, terminal: Terminal): Staff {
    while (true) {
        val who = terminal.ask("E-mail (empty for a door token): ")
        if (who.isEmpty()) {
            val token = terminal.askPassword("Door token: ").trim()
            if (token.isEmpty()) continue
            terminal.say("Working with a door token.")
            return Staff(token)
        }
        if ('@' !in who) {
            terminal.say("That is no e-mail. For a door token, leave it empty.")
            continue
        }
        try {
            client.signInWithPassword(who, terminal.askPassword("Password: "))
            terminal.say("Signed in as $who.")
            return Staff(doorToken = null)
        } catch (error: EventosException) {
            terminal.say(if (error.isWrongPassword) "That e-mail and password do not fit." else inWords(error))
        }
    }
}

/** An event to work at, by the name that it is shown by. */
class DoorOf(val id: String, val name: String)

private suspend fun pickEvent(client: Client, staff: Staff, terminal: Terminal): DoorOf {
    val events = listed(client, staff, terminal)
    while (true) {
        val picked = terminal.ask("Event (number or id): ")
        val event = picked.toIntOrNull()?.let { events.getOrNull(it - 1) }
            ?: events.find { it.id == picked }
            ?: DoorOf(picked, picked).takeIf { picked.isUuid }
        if (event != null) return event
        terminal.say("There is no event \"$picked\" in the list.")
    }
}

private suspend fun listed(client: Client, staff: Staff, terminal: Terminal): List<DoorOf> {
    val lines = try {
        when (val user = client.session()?.userId.takeIf { staff.doorToken == null }) {
            null -> client.upcoming(20u).map { DoorOf(it.id.value, it.name) to "${it.name}, ${dayAndTime(it.startAt)}" }
            else -> client.dashboard(user).map {
                DoorOf(it.id.value, it.name) to "${it.name}, ${dayAndTime(it.startAt)}, ${label(it.status)}"
            }
        }
    } catch (error: EventosException) {
        terminal.say(inWords(error))
        return emptyList()
    }
    if (lines.isNotEmpty()) {
        terminal.say("Events:")
        lines.forEachIndexed { index, (_, line) -> terminal.say("${(index + 1).toString().padStart(3)}  $line") }
    } else if (staff.doorToken == null) {
        terminal.say("You organize no event. With a door token you can work at another's door.")
    } else {
        terminal.say("No event is on sale.")
    }
    return lines.map { (event, _) -> event }
}

private val String.isUuid get() = runCatching { UUID.fromString(this) }.isSuccess
