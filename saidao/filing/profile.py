"""What localities print differently: titles, units, scoring; shipped ones, and a user's own as a file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from ..errors import CaseError, Problem
from .amounts import UNITS
from .scoring import GRADES, Rules


@dataclass(frozen=True)
class Profile:
    """Titles and units of the three forms, and how they score.

    Attributes
    ----------
    name : as it is asked for.
    papers : ``chinese``: the three forms; ``english``: a performance plan and a performance report.
    target_title, monitor_title, review_title : what stands above each form.
    target_unit, monitor_unit, review_unit : unit of the money in each.
    until : the month to which monitoring reaches.
    reverse, execution, satisfaction, grades : see `scoring.Rules`.
    """

    name: str = "national"
    papers: str = "chinese"
    target_title: str = "财政项目支出绩效目标申报表"
    monitor_title: str = "项目支出绩效目标执行监控表"
    review_title: str = "项目支出绩效自评表"
    target_unit: str = "元"
    monitor_unit: str = "万元"
    review_unit: str = "万元"
    until: int = 7
    reverse: str = "ratio"
    execution: str = "proportional"
    satisfaction: str = "proportional"
    grades: tuple[tuple[int, str], ...] = GRADES

    @property
    def rules(self) -> Rules:
        """How it scores."""
        return Rules(self.reverse, self.execution, self.satisfaction, self.grades)  # type: ignore[arg-type]


PROFILES = {
    "national": Profile(),
    "shanghai": Profile(
        "shanghai", monitor_title="财政项目支出绩效跟踪表", review_title="财政项目支出绩效自评表", review_unit="元"
    ),
    "english": Profile("english", "english", "Annual performance plan", review_title="Annual performance report"),
}
"""Shipped profiles: the Chinese target form is Shanghai's in both, the only one that was seen as filed."""
CHOICES = {
    "papers": ("chinese", "english"),
    "reverse": ("ratio", "linear"),
    "execution": ("proportional", "bands"),
    "satisfaction": ("proportional", "bands"),
    **dict.fromkeys(("target_unit", "monitor_unit", "review_unit"), tuple(UNITS)),
}


def profile(asked: str) -> Profile:
    """Return a shipped profile by its name, or read one from a .toml file: the keys of `Profile`, others as national.

    Raises
    ------
    CaseError
        There is none of this name, or the file cannot be read or holds what cannot be.
    """
    if asked in PROFILES:
        return PROFILES[asked]
    path = Path(asked)
    if path.suffix.lower() != ".toml" or not path.is_file():
        details = {"choices": ", ".join([*PROFILES, "FILE.toml"]), "nearest": None}
        raise CaseError([Problem("choice", "profile", found=asked, details=details)])
    try:
        held: dict[str, Any] = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise CaseError([Problem("toml", file=path.name, found=str(error))]) from None
    known = {field.name for field in fields(Profile)}
    problems = [
        Problem(
            "choice", path.name, column=key, found=key, details={"choices": ", ".join(sorted(known)), "nearest": None}
        )
        for key in held
        if key not in known
    ]
    for key, choices in CHOICES.items():
        if key in held and held[key] not in choices:
            details = {"choices": ", ".join(choices), "nearest": None}
            problems.append(Problem("choice", path.name, column=key, found=str(held[key]), details=details))
    until = held.get("until", 7)
    if not isinstance(until, int) or isinstance(until, bool) or not 1 <= until <= 12:
        problems.append(Problem("profile_until", path.name, column="until", found=str(until)))
    grades = held.get("grades", {word: least for least, word in GRADES})
    least = list(grades.values()) if isinstance(grades, dict) else []
    if not least or not all(isinstance(n, int) and 0 <= n <= 100 for n in least) or min(least) != 0:
        problems.append(Problem("profile_grades", path.name, column="grades", found=str(grades)))
    problems += [
        Problem("text_wanted", path.name, column=key, found=str(held[key]))
        for key in ("target_title", "monitor_title", "review_title")
        if not isinstance(held.get(key, ""), str)
    ]
    if problems:
        raise CaseError(problems)
    held["grades"] = tuple(sorted(((n, str(word)) for word, n in grades.items()), reverse=True))
    return replace(PROFILES["national"], **{"name": path.stem, **held})
