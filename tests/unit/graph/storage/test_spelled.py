"""Ids that are known but for case: the Hub takes them so."""

from __future__ import annotations

from pathlib import Path

from tests.home import Home, gone, model


def test_an_id_in_another_case_is_the_live_one_it_can_only_mean(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.take(model("Acme/One"), model("two/a"), model("Two/A"), model("three/B"))
    home.take(gone("three/B"))
    asked = ["acme/one", "ACME/ONE", "Acme/One", "TWO/A", "Three/b", "no/where"]
    assert home.read_model.spelled(asked) == {
        "acme/one": "Acme/One",
        "ACME/ONE": "Acme/One",
        "Acme/One": "Acme/One",
    }
    assert home.read_model.spelled([]) == {}
    home.close()
