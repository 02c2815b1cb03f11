"""What analysts hold in their hands: short representations, names that can be listed, copies, comparisons."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import saidao

from .conftest import write_case


def test_the_package_lists_its_names() -> None:
    assert set(saidao.__all__) <= set(dir(saidao))
    assert dir(saidao) == sorted(set(dir(saidao)))


def test_a_case_is_copied_pickled_and_compared(small: Path, tmp_path: Path) -> None:
    case = saidao.load_case(small)
    for made in (copy.copy(case), copy.deepcopy(case), pickle.loads(pickle.dumps(case)), saidao.load_case(small)):
        assert made == case
        assert hash(made) == hash(case)
        assert made.path == case.path
        assert made.to_frame().equals(case.to_frame())
        assert saidao.plan(made, stance="even").closed_share == saidao.plan(case, stance="even").closed_share
    book = saidao.save_case(case, tmp_path / "same.xlsx")
    assert saidao.load_case(book) == case
    assert len({case, saidao.load_case(book)}) == 1
    for name, text in {
        "costs": "measure,resource,cost\nm1,funds,5\nm1,land,1\nm2,funds,3\nm2,land,2\nm3,funds,2\n",
        "scores": "track,f,g\na,3,8\nb,5,1\nc,9,3\n",
        "judgements__factors": "factor,f,g\nf,1,4\ng,,1\n",
        "case": 'name_en = "Small"\nname_zh = "小例"\nweights = "equal"\n',
    }.items():
        other = tmp_path / name
        other.mkdir()
        assert saidao.load_case(write_case(other, **{name: text})) != case, name
    assert case != "small"


def test_a_case_with_blank_and_guessed_scores_is_compared(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    folder.mkdir()
    write_case(folder, scores="track,f,g\na,,8\nb,5.0,1\nc,9,3\n")
    (folder / "case.toml").write_text('impute = "mean"\nweights = "direct"\n')
    case = saidao.load_case(folder)
    assert saidao.load_case(saidao.save_case(case, tmp_path / "c.xlsx")) == case
