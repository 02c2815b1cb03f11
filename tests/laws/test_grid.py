"""A grid of rankings at the array level is the rankings one by one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from saidao import mcda

FRAME = pd.DataFrame([[3.0, 5, 2], [4, 1, 6], [2, 6, 3], [5, 5, 5]], index=list("ABCD"), columns=list("xyz"))
WAYS = ["max", "min", "max"]


def test_every_cell_is_its_own_ranking() -> None:
    found = mcda.compare(FRAME, WAYS, ["entropy", "equal"], ["topsis", "vikor", "gra"], v=0.25)
    assert list(found.to_frame().index) == list("ABCD")
    for scheme, method in found.keys:
        w = mcda.weigh(FRAME, WAYS, scheme)  # type: ignore[arg-type]
        own = {"v": 0.25} if method == "vikor" else {}
        alone = mcda.rank(FRAME, w, WAYS, method, **own)  # type: ignore[arg-type]
        assert found.to_frame()[scheme, method].to_list() == alone.ranks.to_list()
    tau = found.agreement()
    assert np.diag(tau) == pytest.approx(1)


def test_what_is_not_defined_is_told_and_the_rest_is_there() -> None:
    found = mcda.compare(FRAME, WAYS, {"mine": [1, 1, 1]}, ["wsm", "rim"])
    assert found.keys == (("mine", "wsm"),)
    assert "ranges" in found.missing["mine", "rim"]
    with pytest.raises(mcda.InputError):
        mcda.compare(FRAME, WAYS, {"mine": [1, 1, 1]}, ["rim"])
    with pytest.raises(mcda.InputError, match="topsis"):
        mcda.compare(FRAME, WAYS, ["equal"], ["topsys"])  # type: ignore[list-item]


def test_all_that_is_usual_is_compared_where_nothing_is_named() -> None:
    found = mcda.compare(FRAME, WAYS)
    methods = {method for _, method in found.keys}
    assert {"topsis", "todim", "gra"} <= methods
    assert not {"aroman", "electre_tri"} & methods
