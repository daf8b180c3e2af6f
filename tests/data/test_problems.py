import pytest

from kwlib.data.problems import Problem, report, sort, summary


def problem(severity="F", code="V05", file="projecten.csv", row=14, column="fase", message="Fout.", remedy="Doe iets."):
    return Problem(severity, code, file, row, column, message, remedy)


@pytest.mark.parametrize(
    "found, text",
    [
        (problem(), "projecten.csv, rij 14, kolom fase: Fout. Doe iets."),
        (problem(row=None, column=None, remedy=""), "projecten.csv: Fout."),
        (problem(column=None), "projecten.csv, rij 14: Fout. Doe iets."),
    ],
)
def test_a_problem_says_where_what_and_what_to_do(found, text):
    assert found.text() == text


def test_problems_are_sorted_by_file_and_row_as_numbers():
    found = sort([problem(row=10), problem(row=9), problem(file="a.csv"), problem(row=None), problem(row=9)])
    assert [(p.file, p.row) for p in found] == [
        ("a.csv", 14),
        ("projecten.csv", None),
        ("projecten.csv", 9),
        ("projecten.csv", 10),
    ]


@pytest.mark.parametrize(
    "severities, text",
    [
        ("", "De gegevens zijn in orde."),
        ("F", "De controle vond 1 fout."),
        ("FFW", "De controle vond 2 fouten en 1 waarschuwing."),
        ("FWWL", "De controle vond 1 fout, 2 waarschuwingen en 1 aandachtspunt."),
    ],
)
def test_the_summary_counts(severities, text):
    assert summary([problem(severity=s, row=n) for n, s in enumerate(severities)]) == text


def test_the_text_report_has_a_line_per_problem_and_a_summary():
    assert report([problem()]).splitlines() == [
        "F V05 projecten.csv, rij 14, kolom fase: Fout. Doe iets.",
        "De controle vond 1 fout.",
    ]
