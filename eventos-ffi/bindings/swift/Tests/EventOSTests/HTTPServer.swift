import Foundation

/// A server for tests: it answers every connection's one request as it is told, and closes.
final class HTTPServer: @unchecked Sendable {
    struct Request {
        let method: String
        let target: String
        let head: String
        let body: String
    }

    enum Answer {
        case bytes(String)
        /// It says nothing, and tells when the other side hangs up.
        case silence(untilHungUp: @Sendable () -> Void)
    }

    let url: String
    private let listener: Int32
    private let lock = NSLock()
    private var received: [Request] = []

    var requests: [Request] { lock.withLock { received } }

    init(_ answer: @escaping @Sendable (Request) -> Answer) throws {
        #if canImport(Glibc)
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        listener = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let failed = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) != 0 || listen(listener, 256) != 0 || getsockname(listener, $0, &length) != 0
            }
        }
        guard !failed else { throw POSIXError(.EADDRNOTAVAIL) }
        // A client that hangs up first must not end the tests.
        signal(SIGPIPE, SIG_IGN)
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                Thread.detachNewThread { self.serve(connection, answer) }
            }
        }
    }

    /// Nothing answers at its address any more.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private func serve(_ connection: Int32, _ answer: (Request) -> Answer) {
        defer { close(connection) }
        guard let request = read(from: connection) else { return }
        lock.withLock { received.append(request) }
        switch answer(request) {
        case .bytes(let text):
            let bytes = Array(text.utf8)
            var sent = 0
            while sent < bytes.count {
                let written = bytes[sent...].withUnsafeBytes { send(connection, $0.baseAddress, $0.count, 0) }
                guard written > 0 else { return }
                sent += written
            }
        case .silence(let untilHungUp):
            var byte: UInt8 = 0
            while recv(connection, &byte, 1, 0) > 0 {}
            untilHungUp()
        }
    }

    private func read(from connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
            let text = String(decoding: bytes, as: UTF8.self)
            guard let end = text.range(of: "\r\n\r\n") else { continue }
            let head = String(text[..<end.lowerBound]), body = String(text[end.upperBound...])
            let length = head.lowercased().components(separatedBy: "content-length: ").dropFirst().first
            let expected = length.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
            guard body.utf8.count >= expected else { continue }
            let words = head.prefix { $0 != "\r\n" }.split(separator: " ")
            return Request(method: String(words[0]), target: String(words[1]), head: head, body: body)
        }
    }
}

extension HTTPServer.Answer {
    static func json(_ body: String, status: Int = 200, headers: [String] = []) -> Self {
        let head = ["HTTP/1.1 \(status) Told", "content-type: application/json", "content-length: \(body.utf8.count)", "connection: close"]
        return .bytes((head + headers + ["", body]).joined(separator: "\r\n"))
    }
}
