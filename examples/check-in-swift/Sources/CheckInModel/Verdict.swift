import EventOS
import Foundation

/// What a door says to a scan, in words.
public struct Verdict: Equatable, Sendable {
    public enum Kind: Sendable {
        case admitted, refused
        /// The server did not take the scan, and will not without a change.
        case notScanned
        /// There was no answer: somebody may be in or not.
        case unknown
    }

    public let kind: Kind
    public let word: String
    /// Who holds the ticket, and its number, as far as they are known.
    public let holder: String?
    public let sentence: String?
}

extension Verdict {
    init(_ answer: CheckIn) {
        let (word, sentence) = words(of: answer)
        let holder = [answer.attendee?.fullName, answer.ticket?.number].compactMap { $0 }.joined(separator: ", ")
        self.init(
            kind: answer.outcome == .admitted ? .admitted : .refused,
            word: word,
            holder: holder.isEmpty ? nil : holder,
            sentence: sentence
        )
    }

    init(notScanned error: Error) {
        self.init(kind: .notScanned, word: "Not scanned", holder: nil, sentence: words(of: error))
    }

    init(unanswered error: Error) {
        self.init(kind: .unknown, word: "No answer", holder: nil, sentence: "\(words(of: error)) This is no verdict: scan again.")
    }
}

private func words(of answer: CheckIn) -> (word: String, sentence: String?) {
    switch answer.outcome {
    case .admitted:
        ("Admitted", answer.isReplay ? "Answered again: the first answer was lost." : nil)
    case .notAuthorized:
        ("Not authorized", "This device may not work at this door: ask the organizer for a door token.")
    case .unknownCode:
        ("Unknown code", "This is no ticket's code: ask for the ticket's e-mail, or find the name.")
    case .wrongEvent(let actual):
        ("Wrong event", actual.map { "The ticket is for \($0.name)." } ?? "The ticket is for another event.")
    case .eventNotActive(let status):
        ("Event not active", words(of: status))
    case .outsideWindow(let window):
        ("Outside the hours", "This door is open from \(window.opensAt.dayAndMinute) to \(window.closesAt.dayAndMinute).")
    case .refunded:
        ("Refunded", "The ticket was paid back and admits nobody.")
    case .cancelled:
        ("Cancelled", "The ticket was cancelled and admits nobody.")
    case .unpaid:
        ("Not paid", "The ticket's order is not paid.")
    case .alreadyUsed(let firstScan):
        ("Already used", words(of: firstScan))
    }
}

private func words(of status: EventStatus) -> String {
    switch status {
    case .draft: "The event is a draft: its organizer must publish it first."
    case .completed: "The event is over."
    case .cancelled: "The event was cancelled."
    default: "The event is \(status.label)."
    }
}

private func words(of scan: FirstScan) -> String {
    var words = scan.at.map { "Came in \($0.moment)" } ?? "Somebody came in with it"
    if let gate = scan.gate { words += ", gate \(gate)" }
    if let device = scan.device { words += ", with \(device)" }
    return words + "."
}
