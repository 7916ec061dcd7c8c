import CheckInModel
import EventOS

/// What is said at the door: each line is a command or a scanned code.
@MainActor
struct DoorDialogue {
    let door: DoorModel

    func run() async throws {
        while true {
            let line = try await Terminal.ask("[\(door.figures.admitted) in, \(door.figures.expected) to come] > ")
            if line.isEmpty { continue }
            if line == "quit" { return }
            if await !answer(line) { await door.scan(line, tell: Terminal.show) }
        }
    }

    /// Whether the line was a command.
    private func answer(_ line: String) async -> Bool {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        let text = words.count < 2 ? "" : words[1].trimmingCharacters(in: .whitespaces)
        do {
            switch words[0] {
            case "undo": print(await door.undo(because: text.isEmpty ? "scanned by mistake" : text))
            case "find": try await find(text)
            case _ where line == "counts": try await count()
            case _ where line == "help": help()
            default: return false
            }
        } catch {
            print(CheckInModel.words(of: error))
        }
        return true
    }

    private func find(_ text: String) async throws {
        guard text.count >= 2 else {
            return print("Type at least two characters of a name, an e-mail or a ticket number.")
        }
        let found = try await door.find(text)
        if found.isEmpty { print("Nobody found.") }
        for attendee in found {
            print("\(attendee.fullName), \(attendee.email), \(attendee.ticketNumber): \(attendee.standing)")
        }
    }

    private func count() async throws {
        try await door.count()
        let figures = door.figures
        print("In: \(figures.admitted). To come: \(figures.expected). Capacity: \(figures.capacity).")
        for (title, counts) in [("Scans", figures.scans), ("Gates", figures.gates)] where !counts.isEmpty {
            let named = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            print("\(title): \(named.joined(separator: ", ")).")
        }
    }

    private func help() {
        print("""
            undo [REASON]  take the last admission back
            find TEXT      look for a name, an e-mail or a ticket number
            counts         show the figures
            help           show this
            quit           leave
            Everything else is taken for a scanned code.
            """)
    }
}

extension DoorAttendee {
    fileprivate var standing: String {
        switch status {
        case .active: "not here yet"
        case .used: "checked in" + (checkedInAt.map { " \($0.moment)" } ?? "")
        default: status.label
        }
    }
}
