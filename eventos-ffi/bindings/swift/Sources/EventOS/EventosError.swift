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
        guard case .Server(_, _, _, let answer) = self else { return nil }
        return answer
    }

    /// Whether the same call may succeed later without any change.
    public var isRetryable: Bool {
        account.advice.isRetryable
    }

    /// Whether the server knew the caller and refused.
    public var isForbidden: Bool {
        account.advice.isForbidden
    }

    /// Whether the caller must sign in, or again.
    public var isUnauthenticated: Bool {
        account.advice.isUnauthenticated
    }

    private var account: (code: String, detail: String, advice: Advice) {
        switch self {
        case .InvalidInput(let code, let detail, let advice), .Connect(let code, let detail, let advice),
            .Timeout(let code, let detail, let advice), .Cancelled(let code, let detail, let advice),
            .Server(let code, let detail, let advice, _), .Decode(let code, let detail, let advice),
            .NotFound(let code, let detail, let advice), .NotAffected(let code, let detail, let advice),
            .ManyRows(let code, let detail, let advice), .Truncated(let code, let detail, let advice),
            .SignedOut(let code, let detail, let advice), .Storage(let code, let detail, let advice),
            .Other(let code, let detail, let advice):
            (code, detail, advice)
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
