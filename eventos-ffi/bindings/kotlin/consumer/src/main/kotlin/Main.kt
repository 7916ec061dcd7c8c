import kotlinx.coroutines.runBlocking
import org.eventos.Cents
import org.eventos.EventColumn
import org.eventos.EventStatus
import org.eventos.connect
import org.eventos.events
import org.eventos.formatCents
import org.eventos.version

/** Asks the server for three events, after a call that needs none. */
fun main() = runBlocking {
    println("EventOS ${version()}")
    check(formatCents(Cents(29_900)) == "$299.00")
    connect(System.getenv("EVENTOS_URL"), System.getenv("EVENTOS_ANON_KEY")).use { eventos ->
        val events = eventos.events.where { status eq EventStatus.Published }.orderBy(EventColumn.START_AT).limit(3u).all()
        check(events.isNotEmpty()) { "no event is on sale" }
        events.forEach { println("${it.name}, ${formatCents(it.priceCents)}") }
    }
}
