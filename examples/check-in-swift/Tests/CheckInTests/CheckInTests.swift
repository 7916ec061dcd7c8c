import EventOS
import Foundation
import XCTest

/// The program, played for real against a server.
final class CheckInTests: XCTestCase {
    private let organizer = ["organizer@eventos.com", Evening.password]

    func testAnEveningAtTheDoor() async throws {
        let evening = try await Evening()
        let (first, second) = (evening.tickets[0], evening.tickets[1])
        let played = try Program(["--gate", "North"], typing: [
            "", "", "organizer", "organizer@eventos.com", "wrong", "organizer@eventos.com", Evening.password,
            "999", "nonsense", evening.event.id.value.uppercased(),
            first.qrCode, first.qrCode, "nobody's code", "undo", "undo", first.qrCode.replacingOccurrences(of: "+", with: " "),
            "find chen", "find \(second.ticketNumber)", "find x", "find nobody-of-that-name", "counts", "", "help", "quit",
        ])
        try await evening.end()
        XCTAssertEqual(played.errors, "")
        XCTAssertEqual(played.exitCode, 0)
        let michael = "Michael Chen, \(first.ticketNumber)"
        assertInOrder(played.output, [
            "E-mail (empty for a door token): Door token: E-mail (empty for a door token): That is no e-mail. For a door token, leave it empty.\n",
            "E-mail (empty for a door token): Password: That e-mail and password do not fit.\n",
            "E-mail (empty for a door token): Password: Signed in as organizer@eventos.com.\n",
            "Events:\n  1  ", "An Evening in Swift, 2099-01-01 ", ", published\n",
            "Event (number or id): There is no event \"999\" in the list.\n",
            "Event (number or id): There is no event \"nonsense\" in the list.\n",
            "Event (number or id): Door of An Evening in Swift. Scan codes, or type a command: help lists them.\n",
            "[0 in, 2 to come] > ✓ Admitted: \(michael)\n",
            "[1 in, 1 to come] > ✗ Already used: \(michael). Came in at ", ", gate North, with terminal.\n",
            "✗ Unknown code. This is no ticket's code: ask for the ticket's e-mail, or find the name.\n",
            "> Taken back: \(michael). The ticket admits again.\n",
            "[0 in, 2 to come] > Nothing to take back: nobody was admitted here since the program started.\n",
            "✓ Admitted: \(michael)\n",
            "> Michael Chen, customer@example.com, \(first.ticketNumber): checked in at ",
            "> Zoë Müller, zoe@example.com, \(second.ticketNumber): not here yet\n",
            "> Type at least two characters of a name, an e-mail or a ticket number.\n",
            "> Nobody found.\n",
            "> In: 1. To come: 1. Capacity: 10.\nScans: admitted 2, already_used 1, unknown_code 1.\nGates: North 1.\n",
            "[1 in, 1 to come] > [1 in, 1 to come] > undo [REASON]  take the last admission back\n",
        ])
        XCTAssertFalse(played.output.contains("\u{1b}"))
        XCTAssertFalse(played.output.contains(Evening.password))
    }

    func testADoorTokenAndWhatIsRefused() async throws {
        let evening = try await Evening()
        let token = try await evening.organizer.issueDoorToken(eventId: evening.event.id, label: "North")
        let elsewhere = try await evening.customer.tickets.where(.eventId(.isNot(evening.event.id)), .status(.is(.active))).limit(1).single()
        let usual = ["--event", evening.event.id.value, "--device", "phone 1"]
        let played = try Program(usual, typing: ["", token.token, elsewhere.qrCode, evening.tickets[1].qrCode])
        XCTAssertEqual(played.exitCode, 0)
        XCTAssertFalse(played.output.contains(token.token))
        assertInOrder(played.output, [
            "E-mail (empty for a door token): Door token: Working with a door token.\nDoor of \(evening.event.id). Scan codes,",
            "[0 in, 2 to come] > ✗ Wrong event", "The ticket is for ", "✓ Admitted: Zoë Müller, ", "[1 in, 1 to come] > \n",
        ])

        _ = try await evening.service.refundOrder(orderId: evening.order)
        let refunded = try Program(usual, typing: ["", token.token, evening.tickets[0].qrCode])
        assertInOrder(refunded.output, [
            "✗ Refunded: Michael Chen, \(evening.tickets[0].ticketNumber). The ticket was paid back and admits nobody.\n"
        ])

        _ = try await evening.organizer.events.update([.status(.cancelled)], where: .id(.is(evening.event.id)))
        let cancelled = try Program(usual, typing: ["", token.token, evening.tickets[0].qrCode])
        assertInOrder(cancelled.output, ["✗ Event not active", "The event was cancelled.\n"])
        try await evening.end()
    }

    func testADoorOfSomebodyElse() async throws {
        let evening = try await Evening()
        let words = "This door is not yours: ask its organizer for a door token."
        let customer = ["customer@example.com", Evening.password]
        let played = try Program(typing: customer + [evening.event.id.value])
        XCTAssertEqual(played.exitCode, 0)
        assertInOrder(played.output, [
            "You organize no event. With a door token you can work at another's door.\n",
            "Event (number or id): \(words)\n", "Event (number or id): \n",
        ])
        for typed in [customer, ["", "no-such-token"]] {
            let named = try Program(["--event", evening.event.id.value], typing: typed)
            XCTAssertEqual(named.exitCode, 1)
            XCTAssertEqual(named.errors, "check-in: \(words)\n")
        }
        let onSale = try Program(typing: ["", "no-such-token"])
        assertInOrder(onSale.output, ["Working with a door token.\nEvents:\n  1  ", "Event (number or id): \n"])
        try await evening.end()
    }

    func testAServerThatIsNotThere() throws {
        let played = try Program(typing: organizer, environment: ["EVENTOS_URL": "http://127.0.0.1:1", "EVENTOS_ANON_KEY": "key"])
        XCTAssertEqual(played.output, "E-mail (empty for a door token): Password: The server cannot be reached.\nE-mail (empty for a door token): \n")
        XCTAssertEqual(played.exitCode, 0)
    }

    func testAServerThatIsGoneAfterTheSignIn() throws {
        let nowhere = ["EVENTOS_URL": "http://127.0.0.1:1", "EVENTOS_ANON_KEY": "key"]
        let event = "e1111111-1111-1111-1111-111111111111"
        let asked = try Program(typing: ["", "token", event], environment: nowhere)
        assertInOrder(asked.output, [
            "Working with a door token.\nThe server cannot be reached.\nEvent (number or id): The server cannot be reached.\n",
            "The server cannot be reached.\nEvent (number or id): \n",
        ])
        XCTAssertEqual(asked.exitCode, 0)
        let named = try Program(["--event", event], typing: ["", "token"], environment: nowhere)
        XCTAssertEqual(named.errors, "check-in: The server cannot be reached.\n")
        XCTAssertEqual(named.exitCode, 1)
    }

    func testWrongUseIsTold() throws {
        let unset: [String: String?] = ["EVENTOS_URL": nil, "EVENTOS_ANON_KEY": nil]
        for environment in [unset, ["EVENTOS_URL": "", "EVENTOS_ANON_KEY": "key"]] {
            let nowhere = try Program(environment: environment)
            XCTAssertEqual(nowhere.exitCode, 2)
            XCTAssertEqual(nowhere.errors, "check-in: EVENTOS_URL and EVENTOS_ANON_KEY are not set: they say which server to talk to.\n")
        }
        for arguments in [["--loud"], ["--gate"]] {
            let wrong = try Program(arguments)
            XCTAssertEqual(wrong.exitCode, 2)
            XCTAssertEqual(wrong.errors, "check-in: what is \(arguments[0])? Usage: check-in [--event ID] [--device NAME] [--gate NAME]\n")
        }
    }
}

/// Holds that a text has these parts, one after the other.
private func assertInOrder(_ text: String, _ parts: [String], line: UInt = #line) {
    var rest = text[...]
    for part in parts {
        guard let found = rest.range(of: part) else { return XCTFail("missing: \(part)\nin: \(rest)", line: line) }
        rest = rest[found.upperBound...]
    }
}
