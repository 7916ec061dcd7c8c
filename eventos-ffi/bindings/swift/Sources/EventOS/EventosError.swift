extension EventosError {
    /// The server's own code (`23505`, `PGRST301`) where it gave one, and otherwise the kind (`not_found`). Made for a `switch`.
    public var code: String {
        account.code
    }

    /// What went wrong, for a person. It holds no key, no token and no address.
    public var detail: String {
        account.detail
    }

    /// What the server said, where it answered.
    public var answer: ServerAnswer? {
        guard case .Server(_, _, let answer) = self else { return nil }
        return answer
    }

    /// Whether the same call may succeed later without any change.
    public var isRetryable: Bool {
        switch self {
        case .Connect, .Timeout: true
        default: answer?.isRetryable ?? false
        }
    }

    /// Whether the server knew the caller and refused.
    public var isForbidden: Bool {
        answer?.isForbidden ?? false
    }

    /// Whether the caller must sign in, or again.
    public var isUnauthenticated: Bool {
        if case .SignedOut = self { return true }
        return answer?.isUnauthenticated ?? false
    }

    private var account: (code: String, detail: String) {
        switch self {
        case .InvalidInput(let code, let detail), .Connect(let code, let detail), .Timeout(let code, let detail),
            .Cancelled(let code, let detail), .Server(let code, let detail, _), .Decode(let code, let detail),
            .NotFound(let code, let detail), .NotAffected(let code, let detail), .ManyRows(let code, let detail),
            .Truncated(let code, let detail), .SignedOut(let code, let detail), .Storage(let code, let detail),
            .Other(let code, let detail):
            (code, detail)
        }
    }
}

extension PlatformError {
    /// What went wrong, for a person.
    public var detail: String {
        switch self {
        case .NoConnection(let detail), .SignedOut(let detail), .Unavailable(let detail): detail
        case .TimedOut: "no answer in time"
        case .Cancelled: "the call was given up"
        }
    }
}
