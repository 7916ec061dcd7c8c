package org.eventos.checkin

import kotlinx.coroutines.runBlocking
import org.eventos.EventStatus
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

private const val NOBODYS_CODE = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

/** The program as it is used, against a real server. */
class CheckInTest {
    private val event = SoldEvent()
    private val john = event.tickets[0]
    private val jane = event.tickets[1]
    private val johnsTicket = "John Doe, ${john.ticketNumber}"

    @AfterEach
    fun remove() = event.close()

    @Test
    fun `an evening at the door`() {
        val output = atTheDoor(
            "counts", john.qrCode, john.qrCode.trimEnd('=').replace('+', '-').replace('/', '_'), NOBODYS_CODE, "", "counts",
            "find DOE", "find ${jane.ticketNumber}", "find x", "find nobody at all",
            "undo wrong door", "undo", "find doe", john.qrCode, "help", "quit",
            options = listOf("--device", "phone 1", "--gate", "North"),
        )
        assertEquals(
            """
            E-mail (empty for a door token): Password: Signed in as $ORGANIZER.
            Door of ${event.id.value}. Scan codes, or type a command: help lists them.
            [0 in, 2 to come] > In: 0. To come: 2. Capacity: 10.
            [0 in, 2 to come] > ✓ Admitted: $johnsTicket
            [1 in, 1 to come] > ✗ Already used: $johnsTicket. Came in at TIME, gate North, with phone 1.
            [1 in, 1 to come] > ✗ Unknown code. This is no ticket's code: ask for the ticket's e-mail, or find the name.
            [1 in, 1 to come] > [1 in, 1 to come] > In: 1. To come: 1. Capacity: 10.
            Scans: admitted 1, already_used 1, unknown_code 1.
            Gates: North 1.
            [1 in, 1 to come] > John Doe, john@example.com, ${john.ticketNumber}: checked in at TIME
            [1 in, 1 to come] > Jane Smith, jane@example.com, ${jane.ticketNumber}: not here yet
            [1 in, 1 to come] > Type at least two characters of a name, an e-mail or a ticket number.
            [1 in, 1 to come] > Nobody found.
            [1 in, 1 to come] > Taken back: $johnsTicket. The ticket admits again.
            [0 in, 2 to come] > Nothing to take back: nobody was admitted here since the program started.
            [0 in, 2 to come] > John Doe, john@example.com, ${john.ticketNumber}: not here yet
            [0 in, 2 to come] > ✓ Admitted: $johnsTicket
            [1 in, 1 to come] > undo [REASON]  take the last admission back
            find TEXT      look for a name, an e-mail or a ticket number
            counts         show the figures
            help           show this
            quit           leave
            Everything else is taken for a scanned code.
            [1 in, 1 to come] > """.trimIndent(),
            output.replace(Regex("""\d\d:\d\d:\d\d"""), "TIME"),
        )
    }

    @Test
    fun `a wrong password is said and asked again`() {
        val ended = program(listOf("--event", event.id.value), listOf(ORGANIZER, "wrong", "organizer", ORGANIZER, PASSWORD))
        assertTrue(
            """
            E-mail (empty for a door token): Password: That e-mail and password do not fit.
            E-mail (empty for a door token): That is no e-mail. For a door token, leave it empty.
            E-mail (empty for a door token): Password: Signed in as $ORGANIZER.
            """.trimIndent() in ended.output,
        ) { ended.output }
        assertTrue(ended.output.endsWith("> \n")) { ended.output }
        assertEquals(0, ended.code)
    }

    @Test
    fun `an event is picked from the list`() {
        val listed = program(emptyList(), listOf(ORGANIZER, PASSWORD, "0", "Gala")).output
        val number = Regex("""^ *(\d+)  ${Regex.escape(event.name)}, 2099-01-01 \d\d:\d\d, published$""", RegexOption.MULTILINE)
            .find(listed)?.groupValues?.get(1)
        assertTrue("There is no event \"0\" in the list." in listed && "There is no event \"Gala\" in the list." in listed) { listed }
        val picked = program(emptyList(), listOf(ORGANIZER, PASSWORD, number ?: error(listed), "quit")).output
        assertTrue("Door of ${event.name}. Scan codes" in picked) { picked }
    }

    @Test
    fun `staff work with a door token`() {
        val token = runBlocking { event.organizer.issueDoorToken(event.id, "phone 2").token }
        val ended = program(emptyList(), listOf("", "", "", token, event.id.value, jane.qrCode, "quit"))
        val asked = "E-mail (empty for a door token): Door token: "
        assertTrue(ended.output.startsWith("$asked${asked}Working with a door token.\n")) { ended.output }
        assertTrue("✓ Admitted: Jane Smith, ${jane.ticketNumber}" in ended.output) { ended.output }
        assertFalse(token in ended.output + ended.errors)
    }

    @Test
    fun `every refusal is said in words`() {
        event.change(EventStatus.Cancelled)
        assertTrue("✗ Event not active: $johnsTicket. The event was cancelled." in atTheDoor(john.qrCode))
        event.change(EventStatus.Published)
        val elsewhere = atTheDoor(john.qrCode, at = "e1111111-1111-1111-1111-111111111111")
        assertTrue("✗ Wrong event: $johnsTicket. The ticket is for ${event.name}." in elsewhere) { elsewhere }
        event.refund()
        assertTrue("✗ Refunded: $johnsTicket. The ticket was paid back and admits nobody." in atTheDoor(john.qrCode))
    }

    @Test
    fun `a door that is not the caller's stays shut`() {
        val ended = program(listOf("--event", event.id.value), listOf("customer@example.com", PASSWORD))
        assertEquals("check-in: This door is not yours: ask its organizer for a door token.\n", ended.errors)
        assertEquals(1, ended.code)
        val asked = program(emptyList(), listOf("customer@example.com", PASSWORD, event.id.value))
        assertTrue("You organize no event. With a door token you can work at another's door." in asked.output) { asked.output }
        assertTrue("This door is not yours: ask its organizer for a door token.\n" in asked.output) { asked.output }
    }

    @Test
    fun `a server that cannot be reached is no verdict`() {
        val nowhere = mapOf("EVENTOS_URL" to "http://127.0.0.1:9")
        val ended = program(emptyList(), listOf(ORGANIZER, PASSWORD), nowhere)
        assertTrue("Password: The server cannot be reached.\n" in ended.output) { ended.output }
    }

    @Test
    fun `what is wrong with the call is said`() {
        assertEquals(2, program(listOf("--evnt", "x"), emptyList()).code)
        val ended = program(listOf("--gate"), emptyList())
        assertEquals("check-in: what is --gate? Usage: check-in [--event ID] [--device NAME] [--gate NAME]\n", ended.errors)
        val unset = program(emptyList(), emptyList(), mapOf("EVENTOS_URL" to ""))
        assertEquals("check-in: EVENTOS_URL and EVENTOS_ANON_KEY are not set: they say which server to talk to.\n", unset.errors)
        val nonsense = program(emptyList(), emptyList(), mapOf("EVENTOS_URL" to "no address"))
        assertEquals(1, nonsense.code)
        assertTrue(Regex("check-in: .+\n").matches(nonsense.errors)) { nonsense.errors }
    }

    private fun atTheDoor(vararg lines: String, at: String = event.id.value, options: List<String> = emptyList()): String {
        val ended = program(listOf("--event", at) + options, listOf(ORGANIZER, PASSWORD) + lines)
        assertEquals("", ended.errors)
        return ended.output
    }
}
