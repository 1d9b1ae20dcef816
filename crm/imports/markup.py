"""Tables in web pages and in the XML of Excel 2003, which many a sales system saves under the name .xls."""

from __future__ import annotations

from html.parser import HTMLParser

MOST_SPAN = 50  # columns that one cell may cover


def is_one(text: str) -> bool:
    """The text is markup with a table in it."""
    start = text[:100_000].lstrip("\ufeff \r\n\t")
    return start.startswith("<") and "<table" in start.lower()


def tables(text: str) -> list[list[list[str]]]:
    """Every table, row by row; cells that are merged across stand in the first."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    return [table for table in parser.tables if table]


class _Tables(HTMLParser):
    """Rows are <tr> or <Row>, cells <td>, <th> or <Cell>."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, a row or a cell begins."""
        if tag == "table":
            self.tables.append([])
        elif tag in ("tr", "row") and self.tables:
            self._end_cell()
            self.tables[-1].append([])
        elif tag in ("td", "th", "cell") and self.tables and self.tables[-1]:
            self._end_cell()
            told = dict(attrs)
            self._skip_to(told.get("ss:index"))
            across = told.get("ss:mergeacross")
            self._span = _number(told.get("colspan"), 1) if across is None else _number(across, 0) + 1
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An empty cell, or nothing of ours."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """A cell ends with its tag, its row or its table."""
        if tag in ("td", "th", "cell", "tr", "row", "table"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """Words inside a cell."""
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None:
            self.tables[-1][-1] += ["".join(self._cell), *[""] * (self._span - 1)]
            self._cell = None

    def _skip_to(self, index: str | None) -> None:
        row = self.tables[-1][-1]
        row += [""] * min(_number(index, 0) - 1 - len(row), MOST_SPAN)


def _number(told: str | None, otherwise: int) -> int:
    return min(int(told), MOST_SPAN) if told and told.isdigit() else otherwise
