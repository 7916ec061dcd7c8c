#if canImport(FoundationNetworking)
import Foundation
import FoundationNetworking

/// HTTP as Foundation on Linux speaks it, but that a 401 loses its `WWW-Authenticate` header before it is looked at.
///
/// Where the header names a scheme and nothing else, as PostgREST's `Bearer` does, Foundation before Swift 6.1 ends the process; and
/// before 6.3 it waits for credentials that nobody gives.
final class UnchallengedHTTP: URLProtocol, URLProtocolClient, @unchecked Sendable {
    /// Foundation's own.
    private static let http = URLSessionConfiguration.ephemeral.protocolClasses?.lazy
        .compactMap { $0 as? URLProtocol.Type }
        .first { $0.canInit(with: URLRequest(url: URL(string: "http://localhost")!)) }

    private var loading: URLProtocol?

    override class func canInit(with request: URLRequest) -> Bool {
        http?.canInit(with: request) ?? false
    }

    override class func canonicalRequest(for request: URLRequest) -> URLRequest {
        request
    }

    override func startLoading() {
        guard let task else { return }
        loading = Self.http?.init(task: task, cachedResponse: cachedResponse, client: self)
        loading?.startLoading()
    }

    override func stopLoading() {
        loading?.stopLoading()
    }

    func urlProtocol(_: URLProtocol, didReceive response: URLResponse, cacheStoragePolicy policy: URLCache.StoragePolicy) {
        client?.urlProtocol(self, didReceive: response, cacheStoragePolicy: policy)
    }

    func urlProtocol(_: URLProtocol, didLoad data: Data) {
        client?.urlProtocol(self, didLoad: data)
    }

    func urlProtocolDidFinishLoading(_: URLProtocol) {
        if let response = (task?.response as? HTTPURLResponse)?.unchallenged {
            client?.urlProtocol(self, didReceive: response, cacheStoragePolicy: .notAllowed)
        }
        client?.urlProtocolDidFinishLoading(self)
    }

    func urlProtocol(_: URLProtocol, didFailWithError error: Error) {
        client?.urlProtocol(self, didFailWithError: error)
    }

    func urlProtocol(_: URLProtocol, wasRedirectedTo request: URLRequest, redirectResponse: URLResponse) {
        client?.urlProtocol(self, wasRedirectedTo: request, redirectResponse: redirectResponse)
    }

    func urlProtocol(_: URLProtocol, cachedResponseIsValid cachedResponse: CachedURLResponse) {
        client?.urlProtocol(self, cachedResponseIsValid: cachedResponse)
    }

    func urlProtocol(_: URLProtocol, didReceive challenge: URLAuthenticationChallenge) {
        client?.urlProtocol(self, didReceive: challenge)
    }

    func urlProtocol(_: URLProtocol, didCancel challenge: URLAuthenticationChallenge) {
        client?.urlProtocol(self, didCancel: challenge)
    }
}

extension HTTPURLResponse {
    /// The same without the header; `nil` where it asks for nothing.
    fileprivate var unchallenged: HTTPURLResponse? {
        guard statusCode == 401, let url else { return nil }
        let headers = allHeaderFields.map { ("\($0.key)", "\($0.value)") }.filter { $0.0.lowercased() != "www-authenticate" }
        return HTTPURLResponse(
            url: url, statusCode: statusCode, httpVersion: nil, headerFields: Dictionary(headers) { $1 }
        )
    }
}
#endif
