"""CSV cells."""

import csv
import io

import pytest

from app.web import spreadsheet


@pytest.mark.parametrize("start", list("=+-@\t\r\n"))
def test_a_cell_that_would_be_a_formula_is_quoted(start: str) -> None:
    assert spreadsheet.cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize(("value", "text"), [(None, ""), (7, "7"), ("a=1", "a=1"), ("", "")])
def test_other_cells_stay_as_they_are(value: object, text: str) -> None:
    assert spreadsheet.cell(value) == text


def test_no_text_leaves_its_cell() -> None:
    """Neither a separator, a quote nor a line break opens a second cell that begins with a formula."""
    values = ['a",=1', "b;=1", "c\r\n=1", 'd"\n,=1', None, 5]
    [row] = csv.reader(io.StringIO(spreadsheet.lines([values]).decode(), newline=""))
    assert row == ['a",=1', "b;=1", "c\r\n=1", 'd"\n,=1', "", "5"]
