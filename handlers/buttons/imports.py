"""Buttons of imports."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("im")
class ShowImport(Press):
    """The card of an import: its columns and what they are taken for."""

    import_id: int


@button("ic")
class ChooseColumn(Press):
    """What a column holds is asked; `page` of the fields."""

    import_id: int
    column: int
    page: int


@button("if")
class MapColumn(Press):
    """The column holds this field; an empty field: it is left out."""

    import_id: int
    column: int
    field: str


@button("ik")
class ImportKind(Press):
    """The rows are customers | orders."""

    import_id: int
    kind: str


@button("ip")
class ImportColumns(Press):
    """Another page of columns."""

    import_id: int
    page: int


@button("id")
class CheckImport(Press):
    """The rows are checked; nothing is written."""

    import_id: int


@button("ig")
class RunImport(Press):
    """The checked rows are written."""

    import_id: int


@button("ix")
class CancelImport(Press):
    """The file is not imported."""

    import_id: int


@button("iu")
class UndoImport(Press):
    """What the import wrote is taken back."""

    import_id: int


@button("ie")
class ImportErrors(Press):
    """The rows that cannot be imported, as a file with the reason of each."""

    import_id: int


@button("io")
class StopImport(Press):
    """A large import that is being written is not to be."""

    import_id: int


@button("it")
class TurnImport(Press):
    """Another sheet of the file is to be imported; `page` among those with something in them."""

    import_id: int
    page: int


@button("iw")
class OverwriteImport(Press):
    """What the file says of known customers wins, or what is known stays; checked anew."""

    import_id: int
    wins: bool
