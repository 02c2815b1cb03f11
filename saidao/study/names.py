"""What methods and weighting schemes are called in a sentence: short, in the reader's language, never by an id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .. import mcda
from ..case import Case
from ..case.changes import Change, row_added
from ..case.tables import Factor, Grade, Measure, Resource, RuleRow, Track, Type
from ..texts.numbers import quantity
from ..texts.say import LANGUAGES, WORDS, say
from .rules import rule_sentence

MOST = 5
"""Measures that a sentence names; the data holds all."""


def method_name(name: str, lang: str = "en") -> str:
    """Return what a ranking method is called.

    >>> method_name("electre_tri"), method_name("wsm", "zh"), method_name("topsis", "zh")
    ('ELECTRE TRI', '加权和法', 'TOPSIS')
    """
    entry = next(entry for entry in mcda.methods().values() if entry.name == name)
    return (entry.title_zh if lang == "zh" else entry.title).partition("(")[0].strip()


def normalisation_name(name: str, lang: str = "en") -> str:
    """Return what a normalisation is called.

    >>> normalisation_name("vector"), normalisation_name("minmax", "zh")
    ('Vector', '极差规范化')
    """
    entry = next(entry for entry in mcda.normalisations().values() if entry.name == name)
    return (entry.title_zh if lang == "zh" else entry.title).partition("(")[0].strip()


def is_scheme(name: str) -> bool:
    """Whether a name is that of a weighting scheme."""
    return any(entry.name == name for entry in mcda.schemes().values())


def scheme_name(name: str, lang: str = "en") -> str:
    """Return what a weighting scheme is called; other weights, as those at a corner of a region, by their name.

    >>> scheme_name("ahp"), scheme_name("entropy"), scheme_name("ahp", "zh"), scheme_name("lopcow", "zh")
    ('AHP', 'entropy', '层次分析法', 'LOPCOW')
    >>> scheme_name("ahp+entropy"), scheme_name("fuzzy_ahp")
    ('AHP + entropy', 'fuzzy AHP')
    """
    if "+" in name:
        return " + ".join(scheme_name(one, lang) for one in name.split("+"))
    entry = next((entry for entry in mcda.schemes().values() if entry.name == name), None)
    if entry is None:
        return name
    if lang == "zh":
        title, _, short = entry.title_zh.partition("(")
        return short.rstrip(")") if len(title) > 6 and re.fullmatch(r"[A-Z]+\)", short) else title.strip()
    plain = name.replace("_", " ")
    at = entry.title.lower().find(plain)
    if at < 0:
        return name.upper()
    title = entry.title[at : at + len(plain)]
    return title if title[1].isupper() else title[0].lower() + title[1:]


def plan_name(name: str, lang: str = "en") -> str:
    """Return what a plan of a comparison is called, by the choices in which it differs.

    >>> plan_name("ahp/leaders/topsis"), plan_name("entropy", "zh"), plan_name("ours")
    ('AHP/leaders first/TOPSIS', '熵权法', 'ours')
    """

    def told(part: str) -> str:
        if part in mcda.methods():
            return method_name(part, lang)
        return say(f"value.stance.{part}", lang) if f"value.stance.{part}" in WORDS else scheme_name(part, lang)

    return "/".join(map(told, name.split("/")))


def ranking_name(scheme: str, method: str, lang: str = "en") -> str:
    """Return what a ranking by a scheme's weights is called: ``ELECTRE TRI with LOPCOW weights``."""
    return say("compare.name.ranking", lang, weights=scheme_name(scheme, lang), method=method_name(method, lang))


def input_name(case: Case, table: str, row: str, column: str, lang: str = "en", *, ids: bool = True) -> str:
    """Return what a number of a case is called: ``the Funds cost of Industry upstairs (S01)``; without *ids* no id."""
    parts = [*row.split("/"), "", ""]
    names = {model: case.names(model, lang) for model in (Measure, Resource, Factor, Track)}
    told = {"table": say(f"table.{table.partition('/')[0]}", lang), "row": row, "column": column}
    if table in ("costs", "effects"):
        target = parts[1] if table == "effects" else ""
        label = f"{parts[0]}@{target}" if target else parts[0]
        told["measure"] = application_name(case, label, lang) if ids else measure_title(case, label, lang)
    if table == "costs":
        told["resource"] = names[Resource].get(parts[1], parts[1])
        key = "input_name.costs" if parts[1] else "input_name.all_costs_of" if row else "input_name.all_costs"
    elif table == "effects":
        told["factor"] = names[Factor].get(parts[2], parts[2])
        key = "input_name.effects" if parts[2] else "input_name.all_effects_of" if row else "input_name.all_effects"
    elif table == "scales" and row:
        told["grade"] = case.names(Grade, lang).get(row, row)
        key = "input_name.grade"
    elif table == "scores" and row and column:
        told |= {"track": names[Track].get(row, row), "factor": names[Factor].get(column, column)}
        key = "input_name.scores"
    elif table.startswith("judgements/"):
        told |= {"one": names[Factor].get(row, row), "other": names[Factor].get(column, column)}
        key = "input_name.judgements"
    elif table == "resources" and column == "budget":
        told["resource"] = names[Resource].get(row, row)
        key = "input_name.budget" if row else "input_name.budgets"
    elif table == "case":
        told["setting"] = say(f"setting_name.{column}", lang) if f"setting_name.{column}" in WORDS else column
        key = "input_name.setting"
    elif not column:
        key = "input_name.new_row"
    else:
        heads = (f"field.{table}.{column}", f"field.{column}")
        head = next((say(one, lang) for one in heads if one in WORDS), column).replace(
            "\n", "" if lang == "zh" else " "
        )
        told["column"] = head[:1].lower() + head[1:]
        key = "input_name.other" if row else "input_name.others"
    return say(key, lang, **told)


def setting_value(case: Case, name: str, value: str, lang: str = "en") -> str:
    """Return what a setting of a run is set to, in words, where it names methods, measures or resources."""
    if name == "weights":
        return scheme_name(value, lang)
    if name == "method" and value in mcda.methods():
        return method_name(value, lang)
    if name == "save":
        return case.names(Resource, lang).get(value, value)
    if name in ("lock", "forbid"):
        parts = (part.strip().partition("=") for part in re.split("[,;]", value))
        told = (f"{measure_title(case, label, lang)} {level}".strip() for label, _, level in parts)
        return say("list", lang).join(told)
    return value


def change_name(case: Case, change: Change, lang: str = "en") -> str:
    """Return what a change of a case does: ``all budgets down 20%``."""
    what = input_name(case, change.table, change.row, change.column, lang)
    sign, amount = change.change[:1], change.change[1:]
    if change.table == "rules" and not change.column:
        rule = row_added(case, change)
        assert isinstance(rule, RuleRow)
        return rule_sentence(case, rule, lang)
    if not change.column:
        return what
    if change.change == "x0.5":
        return say("change_name.halved", lang, what=what)
    if sign == "x":
        return say("change_name.times", lang, what=what, amount=amount)
    if sign in "+-":
        if not amount.endswith("%"):
            resource = next((row for row in case.rows(Resource) if row.resource in change.row.split("/")), None)
            unit = resource.unit_name(lang) if resource is not None and change.table in ("resources", "costs") else ""
            amount = quantity(float(amount), unit)
        return say("change_name.up" if sign == "+" else "change_name.down", lang, what=what, amount=amount)
    to = change.change.removeprefix("=")
    told = WORDS.get(f"value.{change.column}.{to}")
    return say("change_name.to", lang, what=what, amount=to if told is None else told[LANGUAGES.index(lang)])


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


def measure_title(case: Case, label: str, lang: str = "en") -> str:
    """Return what an application, ``MEASURE`` or ``MEASURE@target``, is called for those who know no ids."""
    measure, _, target = label.partition("@")
    name = case.names(Measure, lang).get(measure, measure)
    if target in ("", "*"):
        return name
    return say("why.place", lang, measure=name, target=place_name(case, target, lang))


def application_name(case: Case, label: str, lang: str = "en") -> str:
    """Return what an application, ``MEASURE`` or ``MEASURE@target``, is called."""
    measure, _, target = label.partition("@")
    return measure_name(case, measure, target, lang)


def application_names(case: Case, labels: Iterable[str], lang: str = "en") -> str:
    """Return what several applications are called."""
    return say("list", lang).join(application_name(case, label, lang) for label in labels)


def level_changes(case: Case, changes: Iterable[tuple[str, float]], lang: str = "en") -> str:
    """Return by how much the levels of applications change."""
    told = (f"{application_name(case, label, lang)} {change:+.3g}" for label, change in changes)
    return say("list", lang).join(told)


def measure_names(case: Case, measures: Sequence[str], lang: str = "en") -> str:
    """Return several measures with their ids, the first ones of many."""
    told = say("list", lang).join(measure_name(case, measure, None, lang) for measure in measures[:MOST])
    more = len(measures) - MOST
    return told + (say("names.more", lang, more=more) if more > 0 else "")


MOST_TRACKS = 12
"""Tracks that a sentence names: all of the shipped case; the data holds all of any."""


def track_names(case: Case, tracks: Iterable[str], lang: str = "en") -> str:
    """Return several tracks by their names, the first ones of many."""
    names, listed = case.names(Track, lang), list(tracks)
    more = len(listed) - MOST_TRACKS
    told = say("list", lang).join(names[track] for track in listed[:MOST_TRACKS])
    return told + (say("names.more_tracks", lang, more=more) if more > 0 else "")


LONGEST = 34
"""Signs of a measure's name beside its id, where there is little room."""


def measure_labels(case: Case, measures: Iterable[str], lang: str = "en") -> list[str]:
    """Return each measure's id and the beginning of its name, as plots label it."""
    names = case.names(Measure, lang)
    short = {m: n if len(n) <= LONGEST else f"{n[: LONGEST - 1].rstrip()}…" for m, n in names.items()}
    return [f"{measure} {short[measure]}" for measure in measures]
