import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Sends requests over `URLSession`, which obeys the device's proxies and certificates. Nothing is cached, no cookie is kept.
public final class URLSessionPlatform: Platform {
    private let session: URLSession
    private let timeLimit: TimeInterval
    private let answers = Answers()

    /// - Parameter configuration: For what an app needs besides, such as a limit of connections or `waitsForConnectivity`. Its
    ///   `timeoutIntervalForRequest` holds besides the client's own time limit; without a configuration the client's alone does.
    public init(configuration: URLSessionConfiguration? = nil) {
        let configuration = configuration?.copy() as? URLSessionConfiguration ?? .patient
        configuration.urlCache = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.urlCredentialStorage = nil
        #if canImport(FoundationNetworking)
        configuration.protocolClasses = [UnchallengedHTTP.self] + (configuration.protocolClasses ?? [])
        #endif
        timeLimit = configuration.timeoutIntervalForRequest
        session = URLSession(configuration: configuration, delegate: answers, delegateQueue: nil)
    }

    deinit {
        session.finishTasksAndInvalidate()
    }

    public func send(request: HttpRequest) async throws -> HttpResponse {
        guard let sent = URLRequest(request, timeLimit: timeLimit) else {
            throw PlatformError.NoConnection(detail: "the address of the server is no URL")
        }
        let task = session.dataTask(with: sent)
        let parts = answers.parts(of: task)
        task.resume()
        return try await withTaskCancellationHandler {
            var body = Data()
            do {
                for try await part in parts { body += part }
            } catch {
                throw PlatformError(error)
            }
            // Of a task that is cancelled the parts end without an error.
            if Task.isCancelled { throw PlatformError.Cancelled }
            guard let response = task.response as? HTTPURLResponse else {
                throw PlatformError.NoConnection(detail: "what answered does not speak HTTP")
            }
            return HttpResponse(response, body: body)
        } onCancel: {
            task.cancel()
        }
    }

    public func sleep(duration: TimeInterval) async throws {
        // A year is forever here; a longer time would overflow the system's clock.
        try await Task.sleep(nanoseconds: UInt64(min(duration, 31_536_000) * 1_000_000_000))
    }
}

/// Hands the parts of each answer to whoever waits for them. Foundation on Linux asks nobody but a session's delegate whether a
/// redirect is followed.
private final class Answers: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    typealias Parts = AsyncThrowingStream<Data, Error>

    private let lock = NSLock()
    private var waiting: [Int: Parts.Continuation] = [:]

    func parts(of task: URLSessionTask) -> Parts {
        let (parts, continuation) = Parts.makeStream()
        lock.withLock { waiting[task.taskIdentifier] = continuation }
        return parts
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        _ = lock.withLock { waiting[dataTask.taskIdentifier] }?.yield(data)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: Error?) {
        lock.withLock { waiting.removeValue(forKey: task.taskIdentifier) }?.finish(throwing: error)
    }

    /// A redirect is not followed, because a request carries its key.
    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}

extension URLSessionConfiguration {
    /// Waits a week for an answer: the core gives up by itself, when its settings say so.
    fileprivate static var patient: URLSessionConfiguration {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 604_800
        return configuration
    }
}

extension URLRequest {
    fileprivate init?(_ request: HttpRequest, timeLimit: TimeInterval) {
        guard let url = URL(string: request.url) else { return nil }
        self.init(url: url, timeoutInterval: timeLimit)
        httpMethod = request.method
        httpBody = request.body.map { Data($0.utf8) }
        for header in request.headers {
            setValue(header.value, forHTTPHeaderField: header.name)
        }
    }
}

extension HttpResponse {
    fileprivate init(_ response: HTTPURLResponse, body: Data) {
        let headers = response.allHeaderFields.map { HttpHeader(name: "\($0.key)", value: "\($0.value)") }
        self.init(status: UInt16(clamping: response.statusCode), headers: headers, body: body)
    }
}

extension PlatformError {
    /// What `URLError` says of itself can hold the URL, which may name people.
    fileprivate init(_ error: Error) {
        switch (error as? URLError)?.code {
        case .cancelled:
            self = .Cancelled
        case .timedOut:
            self = .TimedOut
        case .notConnectedToInternet, .dataNotAllowed, .internationalRoamingOff:
            self = .NoConnection(detail: "this device is offline")
        case .cannotFindHost, .dnsLookupFailed:
            self = .NoConnection(detail: "nobody knows the server by its name")
        case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasBadDate,
            .serverCertificateNotYetValid, .serverCertificateHasUnknownRoot:
            self = .NoConnection(detail: "the server's certificate is not trusted")
        default:
            self = .NoConnection(detail: "no connection to the server, or it broke before the answer was complete")
        }
    }
}
