package org.eventos

/** The server that the environment names, with the seed data. */
object SeededServer {
    val url = named("EVENTOS_URL")
    val anonKey = named("EVENTOS_ANON_KEY")
    private val serviceKey = named("EVENTOS_SERVICE_KEY")
    const val PASSWORD = "eventos-local-only"
    private val EMAILS = mapOf("organizer" to "organizer@eventos.com", "customer" to "customer@example.com")

    /** A client of somebody in the seed data, of the service, or of a visitor. */
    suspend fun client(caller: String): Client {
        val client = connect(url, if (caller == "service") serviceKey else anonKey)
        EMAILS[caller]?.let { client.signInWithPassword(it, PASSWORD) }
        return client
    }

    private fun named(variable: String): String =
        checkNotNull(System.getenv(variable)) { "$variable is not set; `cargo xtask test kotlin` starts a server and sets it" }
}
