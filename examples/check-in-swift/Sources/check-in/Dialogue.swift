import CheckInModel
import EventOS
import Foundation

/// What is said, from signing in to the door.
@MainActor
struct Dialogue {
    let options: Options
    let eventos: Client

    func run() async throws {
        let staff = try await signIn()
        while true {
            let event = try await pickEvent(for: staff)
            guard let door = try await openDoor(of: event, for: staff) else { continue }
            print("Door of \(event.name). Scan codes, or type a command: help lists them.")
            let counting = Task { await door.keepCounting() }
            defer { counting.cancel() }
            return try await DoorDialogue(door: door).run()
        }
    }

    private func openDoor(of event: Choice, for staff: Staff) async throws -> DoorModel? {
        let settings = DoorSettings(token: staff.doorToken, device: options.device, gate: options.gate)
        do {
            return try await DoorModel(event.name, of: event.id, settings: settings, by: eventos)
        } catch let error as EventosError {
            let words = words(ofDoor: error)
            if options.event != nil { throw Problem(words: words) }
            print(words)
            return nil
        }
    }
}

/// Who works at the door.
enum Staff {
    case user(ProfileId)
    case bearer(doorToken: String)

    var doorToken: String? {
        if case .bearer(let token) = self { token } else { nil }
    }
}

/// An event that can be picked.
struct Choice {
    let id: EventId
    let name: String
}

extension Dialogue {
    private func signIn() async throws -> Staff {
        while true {
            let email = try await Terminal.ask("E-mail (empty for a door token): ")
            if email.isEmpty {
                let token = try await Terminal.askSecretly("Door token: ").trimmingCharacters(in: .whitespaces)
                if token.isEmpty { continue }
                print("Working with a door token.")
                return .bearer(doorToken: token)
            }
            guard email.contains("@") else {
                print("That is no e-mail. For a door token, leave it empty.")
                continue
            }
            let password = try await Terminal.askSecretly("Password: ")
            do {
                let session = try await eventos.signInWithPassword(email: email, password: password)
                print("Signed in as \(email).")
                return .user(session.userId)
            } catch let error as EventosError {
                print(error.isWrongPassword ? "That e-mail and password do not fit." : words(of: error))
            }
        }
    }

    private func pickEvent(for staff: Staff) async throws -> Choice {
        if let event = options.event { return Choice(id: event, name: event.value) }
        let choices = await choices(for: staff)
        while true {
            let picked = try await Terminal.ask("Event (number or id): ")
            if let number = Int(picked), choices.indices.contains(number - 1) { return choices[number - 1] }
            if UUID(uuidString: picked) != nil {
                let id = EventId(value: picked.lowercased())
                return choices.first { $0.id == id } ?? Choice(id: id, name: id.value)
            }
            print("There is no event \"\(picked)\" in the list.")
        }
    }

    /// What is listed; nothing where the server does not tell, since an id can be entered still.
    private func choices(for staff: Staff) async -> [Choice] {
        do {
            return try await list(for: staff)
        } catch {
            print(words(of: error))
            return []
        }
    }

    /// One's own events, or with a door token those on sale.
    private func list(for staff: Staff) async throws -> [Choice] {
        switch staff {
        case .user(let id):
            let events = try await eventos.dashboard(organizerId: id)
            show(events.map { "\($0.name), \($0.startAt.dayAndMinute), \($0.status.label)" })
            if events.isEmpty { print("You organize no event. With a door token you can work at another's door.") }
            return events.map { Choice(id: $0.id, name: $0.name) }
        case .bearer:
            let events = try await eventos.upcoming(limit: 20)
            show(events.map { "\($0.name), \($0.startAt.dayAndMinute)" })
            if events.isEmpty { print("No event is on sale.") }
            return events.map { Choice(id: $0.id, name: $0.name) }
        }
    }

    private func show(_ events: [String]) {
        if events.isEmpty { return }
        print("Events:")
        for (index, event) in events.enumerated() {
            print("\(String(format: "%3d", index + 1))  \(event)")
        }
    }
}

extension EventosError {
    fileprivate var isWrongPassword: Bool {
        isUnauthenticated || answer?.status == 400 && ["invalid_credentials", "invalid_grant"].contains(code)
    }
}
