import Foundation

/// The program, run to its end with what is typed.
struct Program {
    let output: String
    let errors: String
    let exitCode: Int32

    init(_ arguments: [String] = [], typing lines: [String] = [], environment changes: [String: String?] = [:]) throws {
        let process = Process(), input = Pipe(), output = Pipe(), errors = Pipe()
        process.executableURL = Self.url
        process.arguments = arguments
        var environment = ProcessInfo.processInfo.environment
        for (name, value) in changes { environment[name] = value }
        process.environment = environment
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
        try process.run()
        input.fileHandleForWriting.write(Data(lines.map { "\($0)\n" }.joined().utf8))
        try input.fileHandleForWriting.close()
        self.output = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        self.errors = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        exitCode = process.terminationStatus
    }

    /// It is built beside the tests.
    private static var url: URL {
        #if os(macOS)
        let folder = Bundle(for: CheckInTests.self).bundleURL.deletingLastPathComponent()
        #else
        let folder = Bundle.main.bundleURL
        #endif
        return folder.appendingPathComponent("check-in")
    }
}
