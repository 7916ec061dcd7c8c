package org.eventos

/** A table that can be written: the selection of all of its rows, and what makes, changes and removes rows. */
class Table<Row, New, Change, C, F, Where : Conditions<F>> internal constructor(
    client: Client,
    private val calls: WriteCalls<Row, New, Change, C, F, Where>,
) : Selection<Row, C, F, Where>(client, calls) {
    /** Makes a row, and gives it back as the database completed it. */
    suspend fun insert(row: New): Row = insert(listOf(row)).single()

    /** Makes rows, all or none, and gives them back as the database completed them. */
    suspend fun insert(rows: List<New>): List<Row> = calls.insert(client, rows)

    /** What to change; nothing is sent before [Update.where] says in which rows. */
    fun update(vararg changes: Change) = Update(client, calls, changes.asList())

    /** Removes the rows of which this holds; how many they were. */
    suspend fun delete(condition: Where.() -> F): ULong = client.delete(calls.deletion(calls.conditions.condition()))
}

/** Changes that wait for the rows in which they are made. */
class Update<Row, New, Change, C, F, Where : Conditions<F>> internal constructor(
    private val client: Client,
    private val calls: WriteCalls<Row, New, Change, C, F, Where>,
    private val changes: List<Change>,
) {
    /** Changes the rows of which this holds, and gives them back. */
    suspend fun where(condition: Where.() -> F): List<Row> = calls.update(client, changes, calls.conditions.condition())
}

/** How the rows of one table are read and written. */
internal interface WriteCalls<Row, New, Change, C, F, Where : Conditions<F>> : ReadCalls<Row, C, F, Where> {
    suspend fun insert(client: Client, rows: List<New>): List<Row>

    suspend fun update(client: Client, changes: List<Change>, filter: F): List<Row>

    fun deletion(filter: F): Deletion
}
