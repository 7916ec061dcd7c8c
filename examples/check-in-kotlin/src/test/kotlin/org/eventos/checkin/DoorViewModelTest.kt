package org.eventos.checkin

import java.time.Clock
import java.time.Instant
import java.time.ZoneId
import java.time.ZoneOffset
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.eventos.DoorSettings
import org.eventos.EventosException
import org.eventos.HttpRequest
import org.eventos.HttpResponse
import org.eventos.OkHttpPlatform
import org.eventos.Outcome
import org.eventos.Platform
import org.eventos.PlatformException
import org.eventos.isForbidden
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** The door's state where calls overlap and answers are lost, against a real server. */
class DoorViewModelTest {
    private val event = SoldEvent()
    private val john = event.tickets[0]
    private val jane = event.tickets[1]
    private val network = UnreliableNetwork()
    private val clock = SetClock()

    @AfterEach
    fun remove() = event.close()

    @Test
    fun `a code that is read twice at once is one scan`() = atTheDoor { model ->
        coroutineScope { repeat(2) { launch { model.scan(john.qrCode) } } }
        assertEquals(1, network.scans)
        assertEquals(Outcome.Admitted, model.outcome)
    }

    @Test
    fun `codes that come at once are each scanned`() = atTheDoor { model ->
        coroutineScope { event.tickets.forEach { launch { model.scan(it.qrCode) } } }
        model.refresh()
        assertEquals(2, model.screen.value.figures?.admitted?.toInt())
    }

    @Test
    fun `a scan whose answer was lost is the same scan after others`() = atTheDoor { model ->
        model.scanAndLoseTheAnswer(john.qrCode)
        model.scan(jane.qrCode)
        clock.now += 59.seconds.toJavaDuration()
        model.scan(john.qrCode)
        assertEquals(Outcome.Admitted, model.outcome)
        assertEquals(": John Doe, ${john.ticketNumber}. Answered again: the first answer was lost.", verdict(model.answer).rest)
        model.scan(john.qrCode)
        assertTrue(model.outcome is Outcome.AlreadyUsed)
    }

    @Test
    fun `a scan whose answer was lost is another scan after a minute`() = atTheDoor { model ->
        model.scanAndLoseTheAnswer(john.qrCode)
        clock.now += 60.seconds.toJavaDuration()
        model.scan(john.qrCode)
        assertTrue(model.outcome is Outcome.AlreadyUsed)
    }

    @Test
    fun `a scan that the server refused to take is another scan at once`() = atTheDoor { model ->
        network.refuses = 400u
        model.scan(john.qrCode)
        val refused = notScanned((model.screen.value.scan as ScanFate.Failed).error)
        assertEquals("✗ Not scanned: ", "${refused.mark} ${refused.word}${refused.rest.take(2)}")
        network.refuses = null
        model.scan(john.qrCode)
        assertTrue(model.outcome is Outcome.AlreadyUsed && !model.answer.isReplay)
    }

    @Test
    fun `a code that stays in view is one scan`() = atTheDoor(ignoreRepeatsFor = STILL_IN_VIEW) { model ->
        repeat(3) {
            model.scan(john.qrCode)
            clock.now += 1.seconds.toJavaDuration()
        }
        assertEquals(Outcome.Admitted, model.outcome)
        assertEquals(1, network.scans)
        model.scan(john.qrCode)
        assertTrue(model.outcome is Outcome.AlreadyUsed)
    }

    @Test
    fun `a code that comes back after another is another scan`() = atTheDoor(ignoreRepeatsFor = STILL_IN_VIEW) { model ->
        model.scan(john.qrCode)
        model.scanAndLoseTheAnswer(jane.qrCode)
        model.scan(john.qrCode)
        assertTrue(model.outcome is Outcome.AlreadyUsed)
    }

    @Test
    fun `a code whose answer was lost is asked again while it is in view`() = atTheDoor(ignoreRepeatsFor = STILL_IN_VIEW) { model ->
        model.scanAndLoseTheAnswer(john.qrCode)
        model.scan(john.qrCode)
        assertEquals(Outcome.Admitted, model.outcome)
    }

    @Test
    fun `a scan that was cancelled is the same scan later`() = atTheDoor { model ->
        model.scan(jane.qrCode)
        network.isStuck = true
        val scan = launch { model.scan(john.qrCode) }
        network.stuck.await()
        assertEquals(ScanFate.Asking, model.screen.value.scan)
        scan.cancelAndJoin()
        assertNull(model.screen.value.scan)
        network.isStuck = false
        model.scan(john.qrCode)
        assertEquals(Outcome.Admitted, model.outcome)
    }

    @Test
    fun `a problem with the figures lasts until they arrive`() = atTheDoor { model ->
        network.losesAnswers = true
        model.refreshIfPossible()
        assertTrue(model.screen.value.problem is EventosException.Connect)
        network.losesAnswers = false
        model.refreshIfPossible()
        assertNull(model.screen.value.problem)
    }

    @Test
    fun `a forbidden door is not asked for figures again`() = atTheDoor { model ->
        network.refuses = 403u
        withTimeout(10.seconds) { model.refreshEvery(pause = 1.milliseconds) }
        assertTrue(model.screen.value.problem?.isForbidden == true)
    }

    @Test
    fun `two undos at once forget one admission`() = atTheDoor { model ->
        model.scan(john.qrCode)
        model.scan(jane.qrCode)
        coroutineScope { repeat(2) { launch { model.undo("wrong door") } } }
        model.undo("wrong door")
        val last = model.screen.value.undo as UndoFate.Answered
        assertEquals(john.ticketNumber, last.admission.ticket?.number)
    }

    private suspend fun DoorViewModel.scanAndLoseTheAnswer(code: String) {
        network.losesAnswers = true
        scan(code)
        assertTrue(screen.value.scan is ScanFate.Unanswered)
        network.losesAnswers = false
    }

    private val DoorViewModel.answer get() = (screen.value.scan as ScanFate.Answered).answer
    private val DoorViewModel.outcome get() = answer.outcome

    private fun atTheDoor(ignoreRepeatsFor: Duration = Duration.ZERO, test: suspend CoroutineScope.(DoorViewModel) -> Unit) = runBlocking {
        organizer(network).use { client ->
            client.door(event.id, DoorSettings(device = "phone 1")).use { test(DoorViewModel(it, ignoreRepeatsFor, clock)) }
        }
    }
}

/** A network on which every request arrives, and not every answer. */
private class UnreliableNetwork(private val sound: Platform = OkHttpPlatform()) : Platform by sound {
    var losesAnswers = false

    /** The status of a refusal that comes in place of each answer. */
    var refuses: UShort? = null
    var isStuck = false

    /** Is complete once an answer is stuck. */
    val stuck = CompletableDeferred<Unit>()

    /** How many check-ins were sent. */
    var scans = 0

    override suspend fun send(request: HttpRequest): HttpResponse {
        if (request.url.endsWith("/rpc/check_in")) scans++
        val response = sound.send(request)
        if (losesAnswers) throw PlatformException.NoConnection("the answer was lost")
        if (isStuck) {
            stuck.complete(Unit)
            awaitCancellation()
        }
        return refuses?.let { HttpResponse(it, response.headers, """{"message": "no"}""".toByteArray()) } ?: response
    }
}

/** A clock that stands still until it is set. */
private class SetClock(var now: Instant = Instant.now()) : Clock() {
    override fun instant() = now

    override fun getZone(): ZoneId = ZoneOffset.UTC

    override fun withZone(zone: ZoneId) = this
}
