"""What every verb says: in Chinese no English word, in either language no id and no value of a setting."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from saidao import mcda
from tests.conftest import Run, write_case

QUICK = ("plan", "rank", "weights", "check", "robust --samples 200", "sensitivity")
SLOWER = (
    "plan --objective maxmin",
    "plan --objective reach=0.4",
    "frontier",
    "variants --number 2",
    "tipping",
    "acceptability --samples 10",
    "scenarios",
    "candidates",
    "stages",
    "balance",
    "chains",
    "readings",
    "productivity",
    "compare --plans --weights ahp --weights entropy",
)

LATIN = set(re.findall(r"[A-Za-z][A-Za-z-]*[A-Za-z]|[A-Za-z]", " ".join(m.title_zh for m in mcda.methods().values())))
LATIN |= {"CILOS", "CRITIC", "IDOCRIW", "LOPCOW", "MEREC", "SWARA", "AIJ", "AIP", "AHP"}
LATIN |= {"Saaty", "Goepel", "Malmquist", "Kendall", "tau-b", "saidao"}
"""Names of methods and of what measures them, as they are written in Chinese too."""
CASES_OWN = ("FDA", "EMA", "G", "B", "C", "S", "X")
"""Latin words in the names of the shipped case."""
VALUES = ("maxmin", "ahp", "topsis", "even)", "leaders)", "laggards)", "saaty", "strength)")


def sentences(output: str) -> str:
    """Return what stands before the first table, its title too."""
    if "─" not in output:
        return output
    lines = output.split("─")[0].splitlines()[:-1]
    return "\n".join(lines[: max((at for at, line in enumerate(lines) if not line.strip()), default=0)])


def said(run: Run, verb: str, case: str, lang: str) -> str:
    name, *options = verb.split()
    done = run(name, case, *options, "--lang", lang)
    assert done.status == 0, done.err
    return re.sub(r"`[^`]*`|saidao \w+ \S+|--[\w-]+", "", sentences(done.out))


def check(text: str, lang: str, case: str) -> None:
    assert not re.search(r"\b[a-z]+_[a-z_]+\b|\w@\w", text.replace(case, "")), "an id"
    assert not [value for value in VALUES if re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text)]
    assert not re.search(r"\b1 (?:\w+ )?(?:measures|tracks|places|plans|samples|choices|tests)\b", text)
    if lang == "zh":
        words = set(re.findall(r"[A-Za-z][A-Za-z-]*[A-Za-z]|[A-Za-z]", re.sub(r"[A-Z]\d\d", "", text)))
        assert not words - LATIN - {*CASES_OWN}
        assert not re.search(r"[\u4e00-\u9fff][,;:?!]", text)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("verb", QUICK)
def test_the_shipped_case_is_told_in_names(run: Run, verb: str, lang: str) -> None:
    check(said(run, verb, "shanghai", lang), lang, "shanghai")


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("verb", SLOWER)
def test_every_question_to_the_shipped_case_is_told_in_names(run: Run, verb: str, lang: str) -> None:
    check(said(run, verb, "shanghai", lang), lang, "shanghai")


def test_one_of_a_thing_is_told_in_the_singular(small: Path, run: Run) -> None:
    write_case(small)
    told = said(run, "plan", str(small), "en")
    assert not re.search(r"\b1 (?:measures|places)\b", told)
