package org.eventos.checkin

import java.time.Instant
import java.util.UUID
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import org.eventos.CheckIn
import org.eventos.Door
import org.eventos.DoorAttendee
import org.eventos.DoorStats
import org.eventos.EventosException
import org.eventos.Outcome
import org.eventos.ScanId
import org.eventos.Undo

/** What a screen at the door shows. */
data class DoorScreen(
    /** The newest figures that are known. */
    val figures: DoorStats? = null,
    /** What became of the last scan. */
    val scan: ScanFate? = null,
    /** What became of the last undo. */
    val undo: UndoFate? = null,
    /** Who was found last. */
    val found: List<DoorAttendee> = emptyList(),
)

/** What became of a scan. */
sealed interface ScanFate {
    data class Answered(val answer: CheckIn) : ScanFate

    /** Nobody knows whether the server heard of it: this is no verdict. */
    data class Unanswered(val error: EventosException) : ScanFate
}

/** What became of an undo. */
sealed interface UndoFate {
    data object NobodyToTakeBack : UndoFate

    data class Answered(val admission: CheckIn, val answer: Undo) : UndoFate

    data class Failed(val error: EventosException) : UndoFate
}

/** The state of one door and what can be done there, for any screen: a terminal's or an app's. It is used from one thread. */
class DoorViewModel(private val door: Door) {
    private val state = MutableStateFlow(DoorScreen())
    private val admissions = ArrayDeque<CheckIn>()
    private val unanswered = mutableMapOf<String, Scan>()
    private val inHand = mutableSetOf<String>()
    private val oneAtATime = Mutex()

    val screen: StateFlow<DoorScreen> = state.asStateFlow()

    /**
     * Lets somebody in, or shows why not. The same code after an answer that was lost is the same scan. Codes wait for each other; one
     * that is already waiting is not scanned again, as when a camera reads it twice.
     */
    suspend fun scan(code: String) {
        if (!inHand.add(code)) return
        val scan = unanswered.getOrPut(code) { Scan(code) }
        try {
            oneAtATime.withLock { ask(scan) }
        } finally {
            inHand.remove(code)
        }
    }

    private suspend fun ask(scan: Scan) {
        val fate = try {
            ScanFate.Answered(door.checkIn(scan.code, scan.id, scan.at))
        } catch (error: EventosException) {
            ScanFate.Unanswered(error)
        }
        if (fate is ScanFate.Answered) unanswered.remove(scan.code)
        if (fate is ScanFate.Answered && fate.answer.outcome is Outcome.Admitted) admissions.addLast(fate.answer)
        state.update { it.copy(scan = fate) }
    }

    /** Takes the last admission of this model back. */
    suspend fun undo(reason: String) {
        val admission = admissions.lastOrNull() ?: return state.update { it.copy(undo = UndoFate.NobodyToTakeBack) }
        val fate = try {
            val answer = door.undo(admission.scanId, reason)
            if (answer !is Undo.TooLate) admissions.removeAll { it.scanId == admission.scanId }
            UndoFate.Answered(admission, answer)
        } catch (error: EventosException) {
            UndoFate.Failed(error)
        }
        state.update { it.copy(undo = fate) }
    }

    /** Looks for people by a part of a name, an e-mail or a ticket number. */
    suspend fun find(text: String) {
        val found = door.attendees(text)
        state.update { it.copy(found = found) }
    }

    /** Asks for the figures. The first time this shows whether the door is the caller's. */
    suspend fun refresh() {
        val figures = door.stats()
        state.update { it.copy(figures = figures) }
    }

    /** Asks for the figures; where that fails, the last ones stay. */
    suspend fun refreshIfPossible() {
        try {
            refresh()
        } catch (_: EventosException) {
        }
    }

    /** Keeps the figures fresh until its coroutine is cancelled. */
    suspend fun refreshEvery(pause: Duration = 15.seconds): Nothing {
        while (true) {
            delay(pause)
            refreshIfPossible()
        }
    }
}

private class Scan(val code: String) {
    val id = ScanId(UUID.randomUUID().toString())
    val at: Instant = Instant.now()
}
