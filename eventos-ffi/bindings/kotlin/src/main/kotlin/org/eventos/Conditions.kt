package org.eventos

/** What a condition on rows of a table is made of: the table's columns, which an object of each table has, and what joins them. */
abstract class Conditions<F> internal constructor(
    private val allOf: (List<F>) -> F,
    private val partsOfAll: (F) -> List<F>?,
    private val anyOf: (List<F>) -> F,
    private val partsOfAny: (F) -> List<F>?,
    private val noneOf: (List<F>) -> F,
) {
    /** Both hold. */
    infix fun F.and(other: F): F = allOf(listOf(this, other).flatMap { partsOfAll(it) ?: listOf(it) })

    /** At least one of both holds. */
    infix fun F.or(other: F): F = anyOf(listOf(this, other).flatMap { partsOfAny(it) ?: listOf(it) })

    /** It does not hold. */
    operator fun F.not(): F = noneOf(listOf(this))

    /** All of these hold. */
    fun all(vararg conditions: F): F = allOf(conditions.asList())

    /** At least one of these holds. */
    fun any(vararg conditions: F): F = anyOf(conditions.asList())

    /** None of these holds. */
    fun none(vararg conditions: F): F = noneOf(conditions.asList())
}
