import EventOS

/// What came of taking somebody's admission back.
func words(of undo: Undo, for holder: String?) -> String {
    switch undo {
    case .undone: "Taken back: \(holder ?? "nobody known"). The ticket admits again."
    case .tooLate(let until): "Too late: it could be taken back until \(until.timeOfDay)."
    case .notAdmitted: "Nobody is in by that scan any more."
    }
}

/// Why an admission could not be taken back.
func words(ofUndo error: Error) -> String {
    switch error {
    case EventosError.NotFound: "Not yours to take back: the device that admitted can, or the organizer."
    default: words(of: error)
    }
}
