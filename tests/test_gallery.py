"""The pictures in the docs are those of the templates of today, and small."""

import json

import gallery


def test_the_pictures_are_not_older_than_the_templates():
    made = json.loads(gallery.BRON.read_text("utf-8"))
    assert made["sjablonen"] == gallery.look(), "The look of documents has changed: make gallery"
    assert made["plaatjes"] == sorted(gallery.GALLERY)


def test_every_picture_is_there_and_small():
    sizes = {p.stem: p.stat().st_size for p in gallery.PICTURES.glob("*.png")}
    assert sorted(sizes) == sorted(gallery.GALLERY)
    assert max(sizes.values()) < 150_000 and sum(sizes.values()) < 900_000


def test_a_changed_template_is_noticed(monkeypatch, tmp_path):
    now = gallery.look()
    for pattern in gallery.LOOK:
        assert list(gallery.ROOT.glob(pattern)), pattern
    monkeypatch.setattr(gallery, "LOOK", gallery.LOOK[1:])
    assert gallery.look() != now
