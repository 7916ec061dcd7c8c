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
    /// A scan whose answer was lost.
    private var unanswered: (code: String, id: ScanId)?

    /// Opens the door of an event.
    ///
    /// - Throws: An error that `isForbidden` where the door is another's.
    public init(_ title: String, of event: EventId, settings: DoorSettings, by eventos: Client) async throws {
        self.title = title
        self.eventos = eventos
        door = try eventos.door(eventId: event, settings: settings)
        figures = try await door.stats()
    }

    /// Lets somebody in, or says why not.
    ///
    /// The same code again after a lost answer is asked with the same scan id, so that an admission of which nobody heard is still
    /// an admission.
    @discardableResult
    public func scan(_ code: String) async -> Verdict {
        do {
            let id = try unanswered?.code == code ? unanswered!.id : ScanId(value: eventos.newUuid())
            unanswered = (code, id)
            let answer = try await door.checkIn(code: code, scanId: id)
            unanswered = nil
            let verdict = Verdict(answer)
            if verdict.kind == .admitted { admissions.append((id, verdict.holder)) }
            await refresh()
            self.verdict = verdict
        } catch {
            verdict = Verdict(unanswered: error)
        }
        return verdict!
    }

    /// Who was let in last and can be taken back.
    public var lastAdmitted: String? {
        admissions.last?.holder
    }

    /// Takes the last admission of this run back; `nil` where there is none.
    public func undo(because reason: String) async throws -> Undo? {
        guard let last = admissions.last else { return nil }
        let answer = try await door.undo(scanId: last.id, reason: reason)
        switch answer {
        case .undone, .notAdmitted: admissions.removeLast()
        case .tooLate: break
        }
        await refresh()
        return answer
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
