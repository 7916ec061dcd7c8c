"""What every table can be asked for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Generic, Self, TypeVar

from ._native import Advice, Count, Direction, EventosError, Expected

Row = TypeVar("Row")
Filter = TypeVar("Filter")
Column = TypeVar("Column")
New = TypeVar("New")
Change = TypeVar("Change")
Card = TypeVar("Card")


class ReadTable(Generic[Row, Filter, Column]):
    """Rows of a table, narrowed step by step. Every step gives another query; the first stays as it is."""

    def __init__(self, client, filters=(), order=(), limit=None, offset=None):
        self._client = client
        self._filters, self._order_by, self._limit, self._offset = tuple(filters), tuple(order), limit, offset

    def where(self, *filters: Filter) -> Self:
        """Rows of which all of these hold too."""
        return self._with(filters=(*self._filters, *filters))

    def order_by(self, column: Column, direction: Direction = Direction.ASCENDING) -> Self:
        """In the order of a column; of several, the first decides."""
        return self._with(order=(*self._order_by, type(self)._order(column=column, direction=direction)))

    def limit(self, rows: int) -> Self:
        """At most so many rows."""
        return self._with(limit=rows)

    def offset(self, rows: int) -> Self:
        """Without the first so many rows."""
        return self._with(offset=rows)

    async def all(self) -> list[Row]:
        """The rows."""
        return await self._read(Expected.ANY_NUMBER)

    async def single(self) -> Row:
        """The one row. None is `EventosError.NotFound`, several are `EventosError.ManyRows`."""
        return (await self._read(Expected.ONE))[0]

    async def maybe_single(self) -> Row | None:
        """The row, or nothing. Several are `EventosError.ManyRows`."""
        return next(iter(await self._read(Expected.AT_MOST_ONE)), None)

    async def count(self, how: Count = Count.EXACT) -> int:
        """How many rows there are."""
        return await self._client.count(type(self)._in_any(self._asked()), how)

    async def csv(self) -> str:
        """The rows as CSV."""
        return await self._client.csv(type(self)._in_any(self._asked()))

    async def pages(self, size: int = 500) -> AsyncIterator[list[Row]]:
        """All rows, page by page. A page follows the last row of the one before, so that rows that come meanwhile shift nothing."""
        cursor, left = None, self._limit
        while left is None or left > 0:
            page = await type(self)._page(self._client, self._asked(), size if left is None else min(size, left), cursor)
            if page.rows:
                yield page.rows
            cursor = page.cursor
            if cursor is None:
                return
            if left is not None:
                left -= len(page.rows)

    async def _read(self, expected: Expected) -> list[Row]:
        return await type(self)._read_rows(self._client, self._asked(), expected)

    def _asked(self):
        return type(self)._query(
            filters=list(self._filters), order=list(self._order_by), limit=self._limit, offset=self._offset
        )

    def _with(self, **changed) -> Self:
        so_far = {"filters": self._filters, "order": self._order_by, "limit": self._limit, "offset": self._offset}
        return type(self)(self._client, **{**so_far, **changed})


class Table(ReadTable[Row, Filter, Column], Generic[Row, Filter, Column, New, Change]):
    """Rows of a table that can be written."""

    async def insert(self, *rows: New) -> list[Row]:
        """Makes rows, and gives them back."""
        return await type(self)._insert(self._client, list(rows))

    async def update(self, *changes: Change) -> list[Row]:
        """Changes the rows of which the conditions hold, and gives them back. Without any condition it is refused."""
        return await type(self)._update(self._client, list(changes), self._condition())

    async def delete(self) -> int:
        """Removes the rows of which the conditions hold; how many they were. Without any condition it is refused."""
        return await self._client.delete(type(self)._deletion(self._condition()))

    def _condition(self):
        if self._order_by or self._limit is not None or self._offset is not None:
            raise EventosError.InvalidInput(
                code="invalid_input",
                detail="a write takes conditions alone: no order, no limit, no offset",
                advice=Advice(),
            )
        return type(self)._all_of(list(self._filters))


class Cards(Generic[Card]):
    """Rows with what belongs to them, as a screen shows them."""

    async def cards(self) -> list[Card]:
        """The rows as cards."""
        return await type(self)._cards(self._client, self._asked(), Expected.ANY_NUMBER)
