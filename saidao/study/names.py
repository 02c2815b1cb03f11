"""What methods and weighting schemes are called in a sentence: short, in the reader's language, never by an id."""

from __future__ import annotations

import re

from .. import mcda
from ..case import Case
from ..case.tables import Dimension, Factor, Measure, Named, Resource, RuleRow, Stage, Track, Type
from ..texts.say import say


def method_name(name: str, lang: str = "en") -> str:
    """Return what a ranking method is called.

    >>> method_name("electre_tri"), method_name("wsm", "zh"), method_name("topsis", "zh")
    ('ELECTRE TRI', '加权和法', 'TOPSIS')
    """
    entry = next(entry for entry in mcda.methods().values() if entry.name == name)
    return (entry.title_zh if lang == "zh" else entry.title).partition("(")[0].strip()


def scheme_name(name: str, lang: str = "en") -> str:
    """Return what a weighting scheme is called; other weights, as those at a corner of a region, by their name.

    >>> scheme_name("ahp"), scheme_name("entropy"), scheme_name("ahp", "zh"), scheme_name("lopcow", "zh")
    ('AHP', 'entropy', '层次分析法', 'LOPCOW')
    """
    entry = next((entry for entry in mcda.schemes().values() if entry.name == name), None)
    if entry is None:
        return name
    if lang == "zh":
        title, _, short = entry.title_zh.partition("(")
        return short.rstrip(")") if len(title) > 6 and re.fullmatch(r"[A-Z]+\)", short) else title.strip()
    plain = name.replace("_", " ")
    return plain if plain in entry.title.lower() else name.upper()


def rule_name(case: Case, row: RuleRow, lang: str = "en") -> str:
    """Return what a floor or cap is of, with the id that finds it: ``Funds of Satellite internet (rule r2)``."""
    groups: dict[str, type[Named]] = {
        "track": Track,
        "type": Type,
        "factor": Factor,
        "dimension": Dimension,
        "stage": Stage,
        "measure": Measure,
    }
    of = say("of.closed", lang) if row.of == "closed" else case.names(Resource, lang).get(row.of, row.of)
    names = case.names(groups[row.over], lang) if row.over in groups else {}
    group = names.get(row.key_, row.key_) or say("rule.all", lang)
    return say("rule.of", lang, of=of, group=group, rule=row.rule)


def place_name(case: Case, target: str, lang: str = "en") -> str:
    """Return the name of a track or a type that a measure acts on, or of the whole city."""
    if target == "*":
        return say("why.city", lang)
    return {**case.names(Type, lang), **case.names(Track, lang)}.get(target.removeprefix("type:"), target)


def measure_name(case: Case, measure: str, target: str | None = None, lang: str = "en") -> str:
    """Return a measure with its id, and the place that it acts on where there is one."""
    name = say("why.measure", lang, measure=measure, name=case.names(Measure, lang).get(measure, measure))
    if target in (None, "", "*"):
        return name
    return say("why.place", lang, measure=name, target=place_name(case, str(target), lang))
