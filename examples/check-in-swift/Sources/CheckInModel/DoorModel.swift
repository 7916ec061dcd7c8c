import EventOS
import Foundation

#if canImport(SwiftUI)
import Observation
#endif

/// The door of one event, as a screen shows it: the view model of an app, and what the terminal program is made over.
#if canImport(SwiftUI)
@Observable
#endif
@MainActor
public final class DoorModel {
    public let title: String
    /// The newest figures that are known.
    public private(set) var figures: DoorStats
    /// The answer to the last scan.
    public private(set) var verdict: Verdict?

    private let eventos: Client
    private let door: Door
    /// The admissions of this run that can be taken back, the last one last.
    private var admissions: [(id: ScanId, holder: String?)] = []
    /// The scans of which no answer came yet, by their code.
    private var unanswered: [String: (id: ScanId, at: Date)] = [:]
    /// The codes that the server is being asked about.
    private var asking: Set<String> = []

    /// Opens the door of an event.
    ///
    /// - Throws: An error that `isForbidden` where the door is another's.
    public init(_ title: String, of event: EventId, settings: DoorSettings, by eventos: Client) async throws {
        self.title = title
        self.eventos = eventos
        door = try eventos.door(eventId: event, settings: settings)
        figures = try await door.stats()
    }

    /// Lets somebody in, or says why not; then asks for the figures.
    ///
    /// The same code again after a lost answer is the same scan, so that an admission of which nobody heard is still an admission.
    /// A code that is scanned while the server is being asked about it is ignored.
    ///
    /// - Parameter tell: Hears the verdict before the figures are asked for.
    public func scan(_ code: String, tell: (Verdict) -> Void = { _ in }) async {
        guard asking.insert(code).inserted else { return }
        let verdict = await ask(about: code)
        asking.remove(code)
        self.verdict = verdict
        tell(verdict)
        if verdict.kind != .unknown { await refresh() }
    }

    private func ask(about code: String) async -> Verdict {
        do {
            let scan = try unanswered[code] ?? (ScanId(value: eventos.newUuid()), Date())
            unanswered[code] = scan
            let answer = try await door.checkIn(code: code, scanId: scan.id, scannedAt: scan.at)
            unanswered[code] = nil
            let verdict = Verdict(answer)
            if verdict.kind == .admitted { admissions.append((scan.id, verdict.holder)) }
            return verdict
        } catch {
            return Verdict(unanswered: error)
        }
    }

    /// Who was let in last and can be taken back.
    public var lastAdmitted: String? {
        admissions.last?.holder
    }

    /// Takes the last admission of this run back, and says in words what came of it.
    public func undo(because reason: String) async -> String {
        guard let last = admissions.last else {
            return "Nothing to take back: nobody was admitted here since the program started."
        }
        do {
            let answer = try await door.undo(scanId: last.id, reason: reason)
            switch answer {
            case .undone, .notAdmitted: admissions.removeAll { $0.id == last.id }
            case .tooLate: break
            }
            await refresh()
            return words(of: answer, for: last.holder)
        } catch {
            return words(ofUndo: error)
        }
    }

    /// Who comes, by a part of a name, an e-mail or a ticket number.
    public func find(_ text: String) async throws -> [DoorAttendee] {
        try await door.attendees(search: text)
    }

    /// Asks for the figures.
    public func count() async throws {
        figures = try await door.stats()
    }

    /// Asks for the figures every 15 seconds, until its task is cancelled.
    public func keepCounting() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(15))
            await refresh()
        }
    }

    /// The last figures stay where asking fails.
    private func refresh() async {
        try? await count()
    }
}
