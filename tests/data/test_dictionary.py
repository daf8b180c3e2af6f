import pytest

from kwlib.data import dictionary
from kwlib.data.dictionary import BEGIN, EINDE


def test_the_dictionary_lists_every_column_with_type_duty_and_codes(schema):
    text = dictionary.markdown(schema)
    for table in schema:
        assert f"### {table.file}\n" in text
    assert (
        "| `fase` | tekst |  | gewenst | Hoe ver het project is. Codes: `idee`, `opstart` (in opstart), "
        "`uitvoering` (in uitvoering), `afronding` (in afronding), `afgesloten`. |" in text
    )
    assert text.count("`nog_te_vroeg` (") == 1 and "Codes: zie `bronnen`." in text
    assert "| `project_id` | tekst |  | sleutel | Het project. Verwijst naar `projecten`. |" in text


def test_writing_changes_only_what_is_between_the_marks_and_is_then_current(tmp_path, schema):
    readme = tmp_path / "README.md"
    readme.write_text(f"# Data\n\n{BEGIN}\nold\n{EINDE}\n\nafter\n", "utf-8")
    assert not dictionary.is_current(readme, schema)
    assert dictionary.write(readme, schema) and not dictionary.write(readme, schema)
    text = readme.read_text("utf-8")
    assert dictionary.is_current(readme, schema)
    assert text.startswith(f"# Data\n\n{BEGIN}\n") and text.endswith(f"{EINDE}\n\nafter\n") and "old" not in text


def test_a_readme_without_marks_is_refused(tmp_path, schema):
    readme = tmp_path / "README.md"
    readme.write_text("# Data\n", "utf-8")
    with pytest.raises(ValueError, match="begin: woordenboek"):
        dictionary.write(readme, schema)
