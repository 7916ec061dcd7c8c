package org.eventos

import kotlin.time.Duration

/**
 * A client of the project at [url], such as `https://example.supabase.co`. It sends nothing before its first call; close it, or
 * [use][kotlin.io.use] it, to give its memory back early.
 *
 * [key] is the anon or publishable API key; a service key belongs on servers alone. Tokens come from [tokens] where they are given, and
 * otherwise from whoever signs in here, whose session is kept in [storage].
 *
 * @param log is told of each request, and of no secret.
 * @param schema the schema of the tables.
 * @param maxRows the most rows that the server gives in one answer: 1,000 unless given, 0 for no limit.
 * @param tries how often a read is sent at most: 3 unless given.
 * @param timeout how long a call may take, all tries together: 30 seconds unless given.
 * @param restPath where REST begins below the address: `/rest/v1` unless given.
 * @param authPath where the auth server begins below the address: `/auth/v1` unless given.
 * @throws EventosException.InvalidInput where the address or the key cannot be one.
 */
fun connect(
    url: String,
    key: String,
    platform: Platform = OkHttpPlatform(),
    tokens: TokenProvider? = null,
    storage: SessionStorage? = null,
    log: Log? = null,
    schema: String? = null,
    maxRows: ULong? = null,
    tries: UInt? = null,
    timeout: Duration? = null,
    restPath: String? = null,
    authPath: String? = null,
): Client {
    val milliseconds = timeout?.inWholeMilliseconds?.coerceAtLeast(0)?.toULong()
    val settings = Settings(url, key, restPath, authPath, schema, maxRows, tries, milliseconds)
    return Client(settings, platform, tokens, storage, clock = null, log)
}

/** Tokens of an app that has a sign-in of its own. [accessToken] is asked before every request; null asks as a visitor. */
fun tokens(accessToken: suspend () -> String?): TokenProvider =
    object : TokenProvider {
        override suspend fun accessToken() = accessToken()
    }

/** A log that hands each line on. What [record] throws changes nothing. */
fun log(record: (LogEntry) -> Unit): Log =
    object : Log {
        override fun record(entry: LogEntry) = record(entry)
    }
