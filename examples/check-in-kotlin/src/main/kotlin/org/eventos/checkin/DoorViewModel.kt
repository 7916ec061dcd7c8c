package org.eventos.checkin

import java.time.Clock
import java.time.Instant
import java.time.temporal.ChronoUnit
import java.util.UUID
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
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
import org.eventos.isForbidden

/** How long a code whose answer was lost is the same scan. Later it may be somebody else's, who must not come in by the first answer. */
private val SAME_SCAN_FOR = 1.minutes

/** How long a code may stay in view of a camera after its answer. */
val STILL_IN_VIEW = 3.seconds

/** What a screen at the door shows. */
data class DoorScreen(
    /** The newest figures that are known. */
    val figures: DoorStats? = null,
    /** Why there are no newer ones. */
    val problem: EventosException? = null,
    /** What became of the last scan. */
    val scan: ScanFate? = null,
    /** What became of the last undo. */
    val undo: UndoFate? = null,
    /** Who was found last. */
    val found: List<DoorAttendee> = emptyList(),
)

/** What became of a scan. */
sealed interface ScanFate {
    data object Asking : ScanFate

    data class Answered(val answer: CheckIn) : ScanFate

    /** Nobody knows whether the server heard of it: this is no verdict. */
    data class Unanswered(val error: EventosException) : ScanFate

    /** It was not scanned, and will not be without a change. */
    data class Failed(val error: EventosException) : ScanFate
}

/** What became of an undo. */
sealed interface UndoFate {
    data object NobodyToTakeBack : UndoFate

    data class Answered(val admission: CheckIn, val answer: Undo) : UndoFate

    data class Failed(val error: EventosException) : UndoFate
}

/**
 * The state of one door and what can be done there, for any screen: a terminal's or an app's. It is used from one thread.
 *
 * @param ignoreRepeatsFor how long the code that was answered last is ignored, unless another one was scanned since: [STILL_IN_VIEW] with
 *   a camera, which reads a code again and again.
 */
class DoorViewModel(
    private val door: Door,
    private val ignoreRepeatsFor: Duration = Duration.ZERO,
    private val clock: Clock = Clock.systemUTC(),
) {
    private val state = MutableStateFlow(DoorScreen())
    private val admissions = ArrayDeque<CheckIn>()
    private val unanswered = mutableMapOf<String, Scan>()
    private var lastAnswered: Reading? = null
    private val inHand = mutableSetOf<String>()
    private val oneAtATime = Mutex()

    val screen: StateFlow<DoorScreen> = state.asStateFlow()

    /**
     * Lets somebody in, or shows why not. The same code soon after an answer that was lost is the same scan. Codes wait for each other;
     * one that is already waiting is not scanned again, as when a camera reads it twice.
     */
    suspend fun scan(code: String) {
        if (isStillInView(code) || !inHand.add(code)) return
        try {
            oneAtATime.withLock { askAndShow(code) }
        } finally {
            inHand.remove(code)
        }
    }

    private suspend fun askAndShow(code: String) {
        var fate: ScanFate? = null
        lastAnswered = null
        state.update { it.copy(scan = ScanFate.Asking) }
        try {
            fate = ask(newOrUnanswered(code))
        } finally {
            state.update { it.copy(scan = fate) }
        }
        if (fate is ScanFate.Unanswered) return
        unanswered.remove(code)
        lastAnswered = Reading(code, clock.instant())
        if (fate is ScanFate.Answered && fate.answer.outcome is Outcome.Admitted) admissions.addLast(fate.answer)
    }

    private suspend fun ask(scan: Scan): ScanFate = try {
        ScanFate.Answered(door.checkIn(scan.code, scan.id, scan.at))
    } catch (error: EventosException) {
        if (error.leavesUnknown) ScanFate.Unanswered(error) else ScanFate.Failed(error)
    }

    private fun newOrUnanswered(code: String): Scan {
        unanswered.values.removeAll { !isWithin(SAME_SCAN_FOR, it.at) }
        return unanswered.getOrPut(code) { Scan(code, clock.instant()) }
    }

    private fun isStillInView(code: String) = lastAnswered?.let { it.code == code && isWithin(ignoreRepeatsFor, it.at) } == true

    private fun isWithin(limit: Duration, start: Instant) =
        start.until(clock.instant(), ChronoUnit.MILLIS).milliseconds in Duration.ZERO..<limit

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
        state.update { it.copy(figures = figures, problem = null) }
    }

    /** Asks for the figures; where that fails, the last ones stay, and the screen has the problem. */
    suspend fun refreshIfPossible() {
        try {
            refresh()
        } catch (error: EventosException) {
            state.update { it.copy(problem = error) }
        }
    }

    /** Keeps the figures fresh until its coroutine is cancelled, or the door turns out to be forbidden. */
    suspend fun refreshEvery(pause: Duration = 15.seconds) {
        while (screen.value.problem?.isForbidden != true) {
            delay(pause)
            refreshIfPossible()
        }
    }
}

private class Scan(val code: String, val at: Instant) {
    val id = ScanId(UUID.randomUUID().toString())
}

private class Reading(val code: String, val at: Instant)
