import Foundation

/// Keeps the session in a file that its owner alone can read: whoever has it is the user. For Linux, and for command-line tools on
/// macOS; an app keeps it better in `KeychainSessionStorage`.
public final class FileSessionStorage: SessionStorage {
    private let file: URL

    /// - Parameter file: Its folder must exist.
    public init(file: URL) {
        self.file = file
    }

    public func load() async throws -> String? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        do {
            return try String(contentsOf: file, encoding: .utf8)
        } catch {
            throw PlatformError.Unavailable(detail: "the file of the session cannot be read")
        }
    }

    public func save(session: String) async throws {
        let written = file.appendingPathExtension(UUID().uuidString)
        defer { unlink(written.path) }
        let descriptor = open(written.path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw unwritable }
        do {
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try handle.write(contentsOf: Data(session.utf8))
            try handle.synchronize()
            try handle.close()
        } catch {
            throw unwritable
        }
        // It takes the place of the old one at once: a crash leaves one or the other.
        guard rename(written.path, file.path) == 0 else { throw unwritable }
    }

    public func clear() async throws {
        guard unlink(file.path) == 0 || errno == ENOENT else { throw unwritable }
    }

    private var unwritable: PlatformError {
        .Unavailable(detail: "the file of the session cannot be written; does its folder exist?")
    }
}
