import EventOS
import Foundation

/// How the program was started.
struct Options {
    var event: EventId?
    var device = "terminal"
    var gate: String?

    init(_ arguments: ArraySlice<String>) throws {
        var arguments = arguments
        while let name = arguments.popFirst() {
            guard ["--event", "--device", "--gate"].contains(name), let value = arguments.popFirst() else {
                throw Problem(words: "what is \(name)? Usage: check-in [--event ID] [--device NAME] [--gate NAME]", exitCode: 2)
            }
            switch name {
            case "--event": event = EventId(value: value)
            case "--device": device = value
            default: gate = value
            }
        }
    }

    /// A client of the server that the environment names.
    func client() throws -> Client {
        let environment = ProcessInfo.processInfo.environment
        guard let url = environment["EVENTOS_URL"], let key = environment["EVENTOS_ANON_KEY"], !url.isEmpty, !key.isEmpty else {
            throw Problem(words: "EVENTOS_URL and EVENTOS_ANON_KEY are not set: they say which server to talk to.", exitCode: 2)
        }
        return try Client(url: url, key: key)
    }
}
