import CheckInModel
import EventOS
import Foundation

/// Lets people in from a terminal: sign in, pick an event, scan.
@main
@MainActor
struct CheckIn {
    static func main() async {
        do {
            let options = try Options(CommandLine.arguments.dropFirst())
            try await Dialogue(options: options, eventos: try options.client()).run()
        } catch is EndOfInput {
            print()
        } catch let problem as Problem {
            stop(problem.words, code: problem.exitCode)
        } catch {
            stop(words(of: error), code: 1)
        }
    }

    private static func stop(_ words: String, code: Int32) -> Never {
        FileHandle.standardError.write(Data("check-in: \(words)\n".utf8))
        exit(code)
    }
}

/// What ends the program.
struct Problem: Error {
    let words: String
    var exitCode: Int32 = 1
}

/// Nothing more is typed.
struct EndOfInput: Error {}
