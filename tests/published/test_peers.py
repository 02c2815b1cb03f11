"""What the field's libraries have is here too, or it is said why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import peers


def test_every_name_that_is_said_to_be_here_is() -> None:
    assert peers.unaccounted() == []


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_lists_are_those_of_the_installed_packages() -> None:
    assert len(peers.of_skcriteria()) > 60
    assert list(peers.different()) == []


def test_the_list_of_pymcdm_is_that_of_the_installed_package() -> None:
    assert len(peers.of_pymcdm()) > 70
    assert peers.of_pymcdm() == set(peers.PEERS["pymcdm 1.4"])


def test_a_namespace_of_another_version_is_compared_name_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [*peers.PEERS["mathmodels 0.0.11"], "promethee"]
    names.remove("GM11")
    file = tmp_path / "NAMESPACE"
    file.write_text("".join(f"export({name})\n" for name in names) + "importFrom(car,vif)\n", encoding="utf-8")
    monkeypatch.setattr(peers, "of_skcriteria", lambda: set(peers.PEERS["scikit-criteria 0.10"]))  # takes seconds
    said = [line for line in peers.different(file) if line.startswith("mathmodels")]
    assert said == ["mathmodels 0.0.11: promethee is not in the list", "mathmodels 0.0.11: there is no GM11"]


def test_every_list_says_where_it_is_from() -> None:
    assert peers.SOURCES.keys() == peers.PEERS.keys()
