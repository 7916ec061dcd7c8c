package org.eventos

import java.time.Instant

/** Whether a column may be null. */
sealed interface Nullability

/** It never is. */
interface NotNull : Nullability

/** It may be, and conditions can ask for it. */
interface Nullable : Nullability

/** A column that conditions compare; each comparison gives a condition [F]. */
sealed class Column<F, N : Nullability>(internal val whenNull: F, internal val whenNotNull: F)

/** The column is null. */
val <F> Column<F, Nullable>.isNull: F get() = whenNull

/** The column is not null. */
val <F> Column<F, Nullable>.isNotNull: F get() = whenNotNull

/** A column of texts. */
class TextColumn<F, N : Nullability> internal constructor(private val condition: (TextTest) -> F) :
    Column<F, N>(condition(TextTest.IsNull), condition(TextTest.IsNotNull)) {
    infix fun eq(text: String): F = condition(TextTest.Is(text))

    infix fun notEq(text: String): F = condition(TextTest.IsNot(text))

    infix fun oneOf(texts: List<String>): F = condition(TextTest.OneOf(texts))

    /** Nothing in [part] is a pattern. */
    infix fun contains(part: String): F = condition(TextTest.Contains(part))

    infix fun containsIgnoringCase(part: String): F = condition(TextTest.ContainsIgnoringCase(part))

    infix fun startsWith(start: String): F = condition(TextTest.StartsWith(start))

    infix fun endsWith(end: String): F = condition(TextTest.EndsWith(end))

    /** In [pattern], `%` stands for any text and `_` for any character. */
    infix fun like(pattern: String): F = condition(TextTest.Like(pattern))
}

/** A column of whole numbers, or of amounts of money: of [V]. */
class NumberColumn<F, N : Nullability, V> private constructor(
    private val number: (V) -> Long,
    private val condition: (NumberTest) -> F,
) : Column<F, N>(condition(NumberTest.IsNull), condition(NumberTest.IsNotNull)) {
    infix fun eq(value: V): F = condition(NumberTest.Is(number(value)))

    infix fun notEq(value: V): F = condition(NumberTest.IsNot(number(value)))

    infix fun oneOf(values: List<V>): F = condition(NumberTest.OneOf(values.map(number)))

    infix fun atLeast(value: V): F = condition(NumberTest.AtLeast(number(value)))

    infix fun atMost(value: V): F = condition(NumberTest.AtMost(number(value)))

    infix fun moreThan(value: V): F = condition(NumberTest.MoreThan(number(value)))

    infix fun lessThan(value: V): F = condition(NumberTest.LessThan(number(value)))

    internal companion object {
        fun <F, N : Nullability> ofNumbers(condition: (NumberTest) -> F) = NumberColumn<F, N, Long>({ it }, condition)

        fun <F, N : Nullability> ofMoney(condition: (NumberTest) -> F) = NumberColumn<F, N, Cents>(Cents::value, condition)
    }
}

/** A column of times. */
class TimeColumn<F, N : Nullability> internal constructor(private val condition: (TimeTest) -> F) :
    Column<F, N>(condition(TimeTest.IsNull), condition(TimeTest.IsNotNull)) {
    infix fun eq(time: Instant): F = condition(TimeTest.Is(time))

    infix fun atOrAfter(time: Instant): F = condition(TimeTest.AtOrAfter(time))

    infix fun atOrBefore(time: Instant): F = condition(TimeTest.AtOrBefore(time))

    infix fun after(time: Instant): F = condition(TimeTest.After(time))

    infix fun before(time: Instant): F = condition(TimeTest.Before(time))
}

/** A column of JSON. */
class JsonColumn<F, N : Nullability> internal constructor(private val condition: (JsonTest) -> F) :
    Column<F, N>(condition(JsonTest.IsNull), condition(JsonTest.IsNotNull)) {
    /** It has this [json] in it. */
    infix fun contains(json: String): F = condition(JsonTest.Contains(json))
}

/** A column of ids, or of an enumeration: of [V]. */
class EqualityColumn<F, N : Nullability, V> private constructor(
    private val isValue: (V) -> F,
    private val isNotValue: (V) -> F,
    private val isOneOf: (List<V>) -> F,
    isNull: F,
    isNotNull: F,
) : Column<F, N>(isNull, isNotNull) {
    infix fun eq(value: V): F = isValue(value)

    infix fun notEq(value: V): F = isNotValue(value)

    infix fun oneOf(values: List<V>): F = isOneOf(values)

    internal companion object {
        fun <F, N : Nullability, V, T> of(tests: EqualityTests<V, T>, condition: (T) -> F) = EqualityColumn<F, N, V>(
            { condition(tests.isValue(it)) },
            { condition(tests.isNotValue(it)) },
            { condition(tests.isOneOf(it)) },
            condition(tests.isNull),
            condition(tests.isNotNull),
        )
    }
}

/** The ways of one type of ids or labels [V] to be compared, which differ in the type [T] of the comparison alone. */
internal class EqualityTests<V, T>(
    val isValue: (V) -> T,
    val isNotValue: (V) -> T,
    val isOneOf: (List<V>) -> T,
    val isNull: T,
    val isNotNull: T,
)
