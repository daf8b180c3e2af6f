import pytest

from kwlib.data import dictionary
from kwlib.data.dictionary import BEGIN, EINDE
from kwlib.data.messages import REGELS


def test_the_dictionary_lists_every_column_with_type_duty_and_codes(schema):
    text = dictionary.markdown(schema)
    for table in schema:
        assert f"### {table.file}\n" in text
    assert (
        "| `fase` | tekst |  | gewenst | Hoe ver het project is. Codes: `idee`, `opstart` (in opstart), "
        "`uitvoering` (in uitvoering), `afronding` (in afronding), `afgesloten`. |" in text
    )
    assert "| `terugblik` | vrije tekst |  |  | Wat er dit jaar is gedaan. |" in text
    assert text.count("`nog_te_vroeg` (") == 1 and "Codes: zie `bronnen`." in text
    assert "| `project_id` | tekst |  | sleutel | Het project. Verwijst naar `projecten`. |" in text


def test_the_rules_are_a_table_with_severity_file_message_and_remedy():
    lines = dictionary.rules().splitlines()
    assert "| V15 | fout | `metingen` | Meting '{meting_id}': {waarde} % zonder teller en noemer. | " \
           "Vul beide in, bijvoorbeeld 14 en 22. |" in lines  # fmt: skip
    assert any(line.startswith("| V34 | fout |") and "totaal is {begroot_totaal}." in line for line in lines)
    assert len(lines) == 2 + len(REGELS)


def test_writing_changes_only_what_is_between_the_marks_and_is_then_current(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(f"# Data\n\n{BEGIN}\nold\n{EINDE}\n\nafter\n", "utf-8")
    assert not dictionary.is_current(readme, "new")
    assert dictionary.write(readme, "new") and not dictionary.write(readme, "new")
    assert dictionary.is_current(readme, "new")
    assert readme.read_text("utf-8") == f"# Data\n\n{BEGIN}\n\nnew\n{EINDE}\n\nafter\n"


def test_a_text_without_marks_is_refused(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text("# Data\n", "utf-8")
    with pytest.raises(ValueError, match="begin: woordenboek"):
        dictionary.write(readme, "new")
