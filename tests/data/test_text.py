import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwlib.data.text import damage, decode


@pytest.mark.parametrize(
    "raw, encoding",
    [
        ("café".encode(), "utf-8"),
        (b"\xef\xbb\xbf" + "café".encode(), "utf-8-sig"),
        ("café".encode("cp1252"), "cp1252"),
        (b"cafe", "utf-8"),
    ],
)
def test_the_encoding_is_recognised(raw, encoding):
    found = decode(raw)
    assert found.encoding == encoding and found.text.startswith("caf") and not damage(found.text)


def test_text_from_a_mac_and_from_windows_is_the_same_text():
    assert decode("cafe\u0301".encode()).text == decode("café".encode()).text


def test_one_bad_byte_among_good_utf8_is_damage_not_cp1252():
    found = decode("é".encode() + b"\xe9")
    assert found.encoding == "utf-8" and found.text == "é\ufffd" and damage(found.text) == "onleesbaar"


@pytest.mark.parametrize("text", ["“aanhaling” – één € 5", "Ålesund", "naïef", "Ãngel", "twee\nregels\ten een tab"])
def test_ordinary_text_is_not_damaged(text):
    assert damage(text) is None


@given(st.binary(max_size=200))
def test_any_bytes_can_be_decoded(raw):
    decode(raw)
