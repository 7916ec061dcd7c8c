package org.eventos.checkin

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.eventos.DoorSettings
import org.eventos.HttpRequest
import org.eventos.HttpResponse
import org.eventos.OkHttpPlatform
import org.eventos.Outcome
import org.eventos.Platform
import org.eventos.PlatformException
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** The door's state where calls overlap and answers are lost, against a real server. */
class DoorViewModelTest {
    private val event = SoldEvent()
    private val john = event.tickets[0]
    private val jane = event.tickets[1]
    private val network = UnreliableNetwork()

    @AfterEach
    fun remove() = event.close()

    @Test
    fun `a code that is read twice at once is one scan`() = atTheDoor { model ->
        coroutineScope { repeat(2) { launch { model.scan(john.qrCode) } } }
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
        network.losesAnswers = true
        model.scan(john.qrCode)
        assertTrue(model.screen.value.scan is ScanFate.Unanswered)
        network.losesAnswers = false
        model.scan(jane.qrCode)
        model.scan(john.qrCode)
        assertEquals(Outcome.Admitted, model.outcome)
        model.scan(john.qrCode)
        assertTrue(model.outcome is Outcome.AlreadyUsed)
    }

    @Test
    fun `a scan that was cancelled is the same scan later`() = atTheDoor { model ->
        network.isStuck = true
        val scan = launch { model.scan(john.qrCode) }
        network.stuck.await()
        scan.cancelAndJoin()
        network.isStuck = false
        model.scan(john.qrCode)
        assertEquals(Outcome.Admitted, model.outcome)
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

    private val DoorViewModel.outcome get() = (screen.value.scan as ScanFate.Answered).answer.outcome

    private fun atTheDoor(test: suspend CoroutineScope.(DoorViewModel) -> Unit) = runBlocking {
        organizer(network).use { client ->
            client.door(event.id, DoorSettings(device = "phone 1")).use { test(DoorViewModel(it)) }
        }
    }
}

/** A network on which every request arrives, and not every answer. */
private class UnreliableNetwork(private val sound: Platform = OkHttpPlatform()) : Platform by sound {
    var losesAnswers = false
    var isStuck = false

    /** Is complete once an answer is stuck. */
    val stuck = CompletableDeferred<Unit>()

    override suspend fun send(request: HttpRequest): HttpResponse {
        val response = sound.send(request)
        if (losesAnswers) throw PlatformException.NoConnection("the answer was lost")
        if (isStuck) {
            stuck.complete(Unit)
            awaitCancellation()
        }
        return response
    }
}
