package org.eventos

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/**
 * Rows of one table that can be read: which, in what order, how many. It is a value: each step gives another, and nothing is sent
 * before the rows are asked for.
 *
 *     client.events.where { status eq EventStatus.Published }.orderBy(EventColumn.START_AT).limit(10u).all()
 */
open class Selection<Row, C, F, Where : Conditions<F>> internal constructor(
    internal val client: Client,
    private val calls: ReadCalls<Row, C, F, Where>,
    internal val filters: List<F> = emptyList(),
    internal val order: List<Pair<C, Direction>> = emptyList(),
    internal val limit: ULong? = null,
    internal val offset: ULong? = null,
) {
    /** The rows of which this holds besides. */
    fun where(condition: Where.() -> F) = with(filters = filters + calls.conditions.condition())

    /** In the order of a column; of several, the first decides. */
    fun orderBy(column: C, direction: Direction = Direction.ASCENDING) = with(order = order + (column to direction))

    /** At most so many rows. */
    fun limit(rows: ULong) = with(limit = rows)

    /** Without the first so many rows. */
    fun offset(rows: ULong) = with(offset = rows)

    /** The rows. */
    suspend fun all(): List<Row> = calls.read(this, Expected.ANY_NUMBER)

    /**
     * The one row that there is.
     *
     * @throws EventosException.NotFound where there is none.
     * @throws EventosException.ManyRows where there are several.
     */
    suspend fun single(): Row = calls.read(this, Expected.ONE).single()

    /**
     * The one row, or null where there is none.
     *
     * @throws EventosException.ManyRows where there are several.
     */
    suspend fun maybeSingle(): Row? = calls.read(this, Expected.AT_MOST_ONE).singleOrNull()

    /** How many rows there are. */
    suspend fun count(how: Count = Count.EXACT): ULong = client.count(calls.query(this), how)

    /** The rows as CSV, the names of the columns first. */
    suspend fun csv(): String = client.csv(calls.query(this))

    /** So many rows after a cursor; the first without one. A limit of the selection holds for [pages], not for one page. */
    suspend fun page(size: ULong, cursor: String? = null): Page<Row> = calls.page(this, size, cursor)

    /** All rows, asked for page by page. A page follows the last row before it, so that rows that come meanwhile shift nothing. */
    fun pages(size: ULong): Flow<List<Row>> = flow {
        var cursor: String? = null
        var left = limit ?: ULong.MAX_VALUE
        while (left > 0u) {
            val page = page(minOf(size, left), cursor)
            if (page.rows.isNotEmpty()) emit(page.rows)
            cursor = page.cursor ?: break
            left -= page.rows.size.toULong()
        }
    }

    private fun with(
        filters: List<F> = this.filters,
        order: List<Pair<C, Direction>> = this.order,
        limit: ULong? = this.limit,
        offset: ULong? = this.offset,
    ) = Selection(client, calls, filters, order, limit, offset)
}

/** Some rows, and where the next ones begin; nothing after the last ones. */
class Page<Row> internal constructor(val rows: List<Row>, val cursor: String?)

/** How the rows of one table are read. */
internal interface ReadCalls<Row, C, F, Where : Conditions<F>> {
    val conditions: Where

    /** The selection as a query of any table. */
    fun query(rows: Selection<Row, C, F, Where>): TableQuery

    suspend fun read(rows: Selection<Row, C, F, Where>, expected: Expected): List<Row>

    suspend fun page(rows: Selection<Row, C, F, Where>, size: ULong, cursor: String?): Page<Row>
}
