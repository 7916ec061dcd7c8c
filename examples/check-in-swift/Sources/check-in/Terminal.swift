import CheckInModel
import Foundation

/// The terminal: prompts, lines, a password without echo, colours where they are seen.
enum Terminal {
    /// What is typed after a prompt, without the space around it.
    static func ask(_ prompt: String) async throws -> String {
        show(prompt)
        return try await line().trimmingCharacters(in: .whitespaces)
    }

    /// The same without echo.
    static func askSecretly(_ prompt: String) async throws -> String {
        show(prompt)
        guard isatty(STDIN_FILENO) == 1 else { return try await line() }
        var echoing = termios()
        tcgetattr(STDIN_FILENO, &echoing)
        var silent = echoing
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSANOW, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSANOW, &echoing)
            print()
        }
        return try await line()
    }

    /// A verdict in one line.
    static func show(_ verdict: Verdict) {
        let holder = verdict.holder.map { ": \($0)" } ?? ""
        let sentence = verdict.sentence ?? ""
        switch verdict.kind {
        case .admitted, .refused:
            let isYes = verdict.kind == .admitted
            let told = coloured("\(isYes ? "✓" : "✗") \(verdict.word)", isYes ? 32 : 31)
            print(told + holder + (sentence.isEmpty ? "" : ". \(sentence)"))
        case .notScanned: print("\(coloured("✗ \(verdict.word)", 31)): \(sentence)")
        case .unknown: print("? \(verdict.word): \(sentence)")
        }
    }

    private static func coloured(_ text: String, _ colour: Int) -> String {
        let isSeen = isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
        return isSeen ? "\u{1b}[1;\(colour)m\(text)\u{1b}[0m" : text
    }

    private static func show(_ prompt: String) {
        print(prompt, terminator: "")
        fflush(nil)
    }

    /// The next line; it is read on a thread of its own, so that the figures go on while nobody types.
    private static func line() async throws -> String {
        let line = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: readLine()) }
        }
        guard let line else { throw EndOfInput() }
        return line
    }
}
