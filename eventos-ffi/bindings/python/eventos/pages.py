"""Pages as an asynchronous iterator."""


async def pages(query, size: int = 500):
    """All rows of a query, asked for page by page. They follow the last row, so that rows that come meanwhile shift nothing."""
    cursor = None
    while True:
        page = await query.page(size, cursor)
        for row in page.rows:
            yield row
        cursor = page.cursor
        if cursor is None:
            return
