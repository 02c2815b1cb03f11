"""Plots: every result has one, with the numbers of the result, and Chinese that can be read."""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

from matplotlib import pyplot
from matplotlib.text import Text

import saidao
from saidao import mcda
from saidao.mcda.plotting import MissingFont, chinese_font
from saidao.results.result import Result
from tests.conftest import ROOT

pytestmark = pytest.mark.surface

MATRIX = np.array([[9.0, 2], [5, 5], [1, 9]])
RESULTS: dict[str, Callable[[], Any]] = {
    "plan": lambda: saidao.plan("shanghai"),
    "compare": lambda: saidao.compare("shanghai", ["ahp", "entropy"], ["topsis", "wsm"]),
    "compare_plans": lambda: saidao.compare_plans("shanghai", ["ahp", "entropy"]),
    "frontier": lambda: saidao.frontier("shanghai", "land"),
    "equity": lambda: saidao.frontier("shanghai", against="equity"),
    "variants": lambda: saidao.variants("shanghai", number=1),
    "explain": lambda: saidao.explain("shanghai", ["I01", "E06"]),
    "robustness": lambda: saidao.robustness("shanghai", samples=100),
    "sensitivity": lambda: saidao.sensitivity("shanghai"),
    "acceptability": lambda: saidao.acceptability("shanghai", samples=20),
    "tipping": lambda: saidao.tipping("shanghai"),
    "ask": lambda: saidao.ask("shanghai"),
    "scenarios": lambda: saidao.scenarios("shanghai"),
    "productivity": lambda: saidao.productivity("shanghai"),
    "candidates": lambda: saidao.candidates("shanghai"),
    "balance": lambda: saidao.balance("shanghai"),
    "readings": lambda: saidao.readings("shanghai"),
    "stages": lambda: saidao.stages("shanghai"),
    "chains": lambda: saidao.chains("shanghai"),
    "court": lambda: saidao.court_table(ROOT / "examples" / "printed.csv"),
    "methods": saidao.methods,
    "rank_years": lambda: saidao.rank_years(ROOT / "examples" / "years"),
    "sweep": lambda: saidao.sweep("shanghai", weights=saidao.Joined("ahp", "entropy"), stance="even"),
    "obstacles": lambda: saidao.obstacles("shanghai"),
    "influence": lambda: saidao.influence("shanghai", ["ahp", "equal"], ["topsis", "wsm"]),
    "infer": lambda: saidao.infer("shanghai", ["quantum before biotech"]),
    "efficiency": lambda: saidao.efficiency("shanghai"),
}


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    pyplot.close("all")


def widths(ax: Any) -> list[float]:
    return [float(bar.get_width()) for bar in ax.patches]


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=[pytest.mark.slow] if n in ("ask", "tipping") else []) for n in RESULTS]
)
def test_every_result_has_a_plot_in_both_languages(name: str) -> None:
    found = RESULTS[name]()
    for lang in ("en", "zh"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", MissingFont)
            ax = found.plot(lang=lang)
        if lang == "zh" and not chinese_font():
            continue  # what is said then has a test of its own
        ax.figure.canvas.draw()  # a glyph that is missing would warn
        title = ax.get_title(loc="left")
        assert title
        assert title.isascii() == (lang == "en") or lang == "en"
        assert ax.get_yticklabels()
        given = pyplot.subplots()[1]
        assert found.plot(ax=given, lang=lang) is given
    assert "<" in found._repr_html_()


def test_no_kind_of_result_is_forgotten() -> None:
    kinds = {getattr(saidao, name) for name in saidao.__all__ if isinstance(getattr(saidao, name), type)}
    assert all("plot" in vars(kind) for kind in kinds if issubclass(kind, Result))


def test_array_level_results() -> None:
    ranking = mcda.rank(MATRIX, [0.5, 0.5], "max", "wsm")
    ax = ranking.plot(names={"0": "first", "1": "second"})
    assert widths(ax) == pytest.approx(sorted(ranking.score_array, reverse=True))
    assert "first" in ax.get_yticklabels()[0].get_text()
    weights = mcda.weigh(MATRIX, "max", "entropy")
    assert widths(weights.plot()) == pytest.approx(weights.array.tolist())
    found = mcda.smaa(MATRIX, "max", "wsm", samples=50)
    image: Any = found.plot().images[0].get_array()
    assert np.nan_to_num(np.ma.filled(image, np.nan)).sum() == pytest.approx(3, abs=0.01)


def test_the_plan_s_bars_are_its_gaps() -> None:
    plan = saidao.plan("shanghai")
    drawn = widths(plan.plot())
    assert sum(drawn) == pytest.approx(1)
    assert sum(drawn[:12]) == pytest.approx(plan.closed_share)


def test_chinese_has_a_font_or_a_clear_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    found = saidao.productivity("shanghai")
    if chinese_font():
        ax = found.plot(lang="zh")
        chinese = [t for t in ax.findobj(Text) if any(ord(c) > 0x2E7F for c in t.get_text())]
        assert chinese
        assert all(chinese_font() in t.get_fontfamily() for t in chinese)
    monkeypatch.setattr("saidao.mcda.plotting.CHINESE", ())
    monkeypatch.setattr("saidao.mcda.plotting.CHINESE_FILES", ("No such file",))
    with pytest.warns(MissingFont, match="fonts-noto-cjk"):
        found.plot(lang="zh")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found.plot(lang="en")


def test_without_matplotlib_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "import saidao\n"
        "try: saidao.productivity('shanghai').plot()\n"
        "except saidao.mcda.InputError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "saidao[plot]" in done.stdout, done.stderr
