extension Client {
    /// A client of one server, over `URLSession`. It sends nothing before its first call, and can be shared between tasks.
    ///
    /// - Parameters:
    ///   - url: The project's address, such as `https://example.supabase.co`.
    ///   - key: Its anon or publishable API key. A service key belongs on servers alone.
    ///   - tokens: Knows the user's access token, where the app has a sign-in of its own.
    ///   - storage: Keeps the session of whoever signs in here. Without it, it ends with the app.
    ///   - log: Hears what is asked and how it went, without secrets.
    /// - Throws: `EventosError.InvalidInput` where the address or the key cannot be one.
    public convenience init(
        url: String,
        key: String,
        tokens: TokenProvider? = nil,
        storage: SessionStorage? = nil,
        log: Log? = nil
    ) throws {
        try self.init(
            settings: Settings(url: url, key: key),
            platform: URLSessionPlatform(),
            tokens: tokens,
            storage: storage,
            log: log
        )
    }
}
