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
    /// Why there are no newer ones.
    public private(set) var problem: EventosError?
    /// Whether the server is being asked about a scan.
    public private(set) var isAsking = false
    /// What came of the last scan; nothing while the server is being asked, or where the scan was cancelled.
    public private(set) var verdict: Verdict?

    /// How long a code may stay in view of a camera after its answer.
    public static let stillInView: TimeInterval = 3
    /// How long a code whose answer was lost is the same scan. Later it may be somebody else's, who must not come in by the first answer.
    private static let sameScanFor: TimeInterval = 60

    private let eventos: Client
    private let door: Door
    private let ignoringRepeatsFor: TimeInterval
    private let now: () -> Date
    /// The admissions of this run that can be taken back, the last one last.
    private var admissions: [(id: ScanId, holder: String?)] = []
    /// The scans of which no answer came yet, by their code.
    private var unanswered: [String: (id: ScanId, at: Date)] = [:]
    private var lastAnswered: (code: String, at: Date)?
    /// The codes that the server is being asked about, or will be.
    private var inHand: Set<String> = []
    private var lastTurn: Task<Verdict?, Never>?

    /// Opens the door of an event.
    ///
    /// - Parameter ignoringRepeatsFor: How long the code that was answered last is ignored, unless another one was scanned since:
    ///   `stillInView` with a camera, which reads a code again and again.
    /// - Throws: An error that `isForbidden` where the door is another's.
    public init(
        _ title: String,
        of event: EventId,
        settings: DoorSettings,
        by eventos: Client,
        ignoringRepeatsFor: TimeInterval = 0,
        now: @escaping () -> Date = Date.init
    ) async throws {
        self.title = title
        self.eventos = eventos
        self.ignoringRepeatsFor = ignoringRepeatsFor
        self.now = now
        door = try eventos.door(eventId: event, settings: settings)
        figures = try await door.stats()
    }

    /// Lets somebody in, or says why not; then asks for the figures.
    ///
    /// The same code again soon after a lost answer is the same scan, so that an admission of which nobody heard is still an admission.
    /// Codes wait for each other; one that is already waiting is not scanned again.
    ///
    /// - Parameter tell: Hears the verdict before the figures are asked for.
    public func scan(_ code: String, tell: (Verdict) -> Void = { _ in }) async {
        guard !isStillInView(code), inHand.insert(code).inserted else { return }
        let verdict = await askInTurn(about: code)
        inHand.remove(code)
        guard let verdict else { return }
        tell(verdict)
        if verdict.kind != .unknown { await refresh() }
    }

    private func askInTurn(about code: String) async -> Verdict? {
        let turn = Task { [lastTurn] in
            _ = await lastTurn?.value
            return Task.isCancelled ? nil : await ask(about: code)
        }
        lastTurn = turn
        return await withTaskCancellationHandler { await turn.value } onCancel: { turn.cancel() }
    }

    private func ask(about code: String) async -> Verdict? {
        (isAsking, verdict, lastAnswered) = (true, nil, nil)
        defer { isAsking = false }
        verdict = await answer(to: code)
        if let verdict, verdict.kind != .unknown {
            unanswered[code] = nil
            lastAnswered = (code, now())
        }
        return verdict
    }

    private func answer(to code: String) async -> Verdict? {
        do {
            let scan = try newOrUnanswered(code)
            let verdict = Verdict(try await door.checkIn(code: code, scanId: scan.id, scannedAt: scan.at))
            if verdict.kind == .admitted { admissions.append((scan.id, verdict.holder)) }
            return verdict
        } catch is CancellationError {
            return nil
        } catch let error as EventosError where !error.leavesUnknown {
            return Verdict(notScanned: error)
        } catch {
            return Verdict(unanswered: error)
        }
    }

    private func newOrUnanswered(_ code: String) throws -> (id: ScanId, at: Date) {
        unanswered = unanswered.filter { isWithin(Self.sameScanFor, of: $0.value.at) }
        let scan = try unanswered[code] ?? (ScanId(value: eventos.newUuid()), now())
        unanswered[code] = scan
        return scan
    }

    private func isStillInView(_ code: String) -> Bool {
        guard let lastAnswered else { return false }
        return lastAnswered.code == code && isWithin(ignoringRepeatsFor, of: lastAnswered.at)
    }

    private func isWithin(_ limit: TimeInterval, of start: Date) -> Bool {
        (0..<limit).contains(now().timeIntervalSince(start))
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
        problem = nil
    }

    /// Keeps the figures fresh until its task is cancelled, or the door turns out to be forbidden.
    public func keepCounting(every pause: Duration = .seconds(15)) async {
        while !Task.isCancelled, problem?.isForbidden != true {
            try? await Task.sleep(for: pause)
            await refresh()
        }
    }

    /// Where asking fails, the last figures stay.
    private func refresh() async {
        do {
            try await count()
        } catch let error as EventosError {
            problem = error
        } catch {}
    }
}
