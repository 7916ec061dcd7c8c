import EventOS
import Foundation

/// An error for the people at the door.
public func words(of error: Error) -> String {
    switch error {
    case EventosError.Connect: "The server cannot be reached."
    case EventosError.Timeout: "The server did not answer in time."
    case EventosError.SignedOut: "You are signed out: start the program again."
    case let error as EventosError: "\(error.code): \(error.detail)"
    default: error.localizedDescription
    }
}

/// Why a door does not open, or tells no figures.
public func words(ofDoor error: EventosError) -> String {
    error.isForbidden ? "This door is not yours: ask its organizer for a door token." : words(of: error)
}

extension EventosError {
    /// Whether nobody knows after it what the server did.
    var leavesUnknown: Bool {
        switch self {
        case .Connect, .Timeout, .Cancelled, .Decode: true
        default: isRetryable
        }
    }
}
