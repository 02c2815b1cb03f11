"""XMCDA: the decision of a case (tracks, factors, their tree, scales, weights and scores); no measures, no money.

Written as version 3.1.1, read in versions 2 to 4. Standard: https://www.xmcda.org (Decision Deck).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.parsers import expat

from ..case.case import Case
from ..case.cells import number, number_text, tidy
from ..case.frames import from_frames
from ..case.tables import Factor, Score, Track
from ..errors import CaseError, Problem
from .format import Left

NAMESPACE = "http://www.decision-deck.org/2019/XMCDA-3.1.1"
NAMING = ("criterionID", "alternativeID")
"""Elements that say whose a value is."""
DEEPEST = 200
"""Elements inside one another; those of a decision are a dozen, a level of its tree two more."""


# --- out --------------------------------------------------------------------------------------------------------------


def write(case: Case, name: str) -> tuple[dict[str, bytes], list[Left]]:
    """Return the decision as XMCDA, and the tables that it cannot hold."""
    ET.register_namespace("xmcda", NAMESPACE)
    root = ET.Element(f"{{{NAMESPACE}}}XMCDA")
    alternatives, criteria = ET.SubElement(root, "alternatives"), ET.SubElement(root, "criteria")
    for row in case.rows(Track):
        _named(ET.SubElement(alternatives, "alternative", id=row.track), row.name("en"), row.track)
    factors = case.rows(Factor)
    for factor in factors:
        _named(ET.SubElement(criteria, "criterion", id=factor.factor), factor.name("en"), factor.factor)
    if any(factor.parent for factor in factors):
        nodes = ET.SubElement(ET.SubElement(root, "criteriaHierarchy"), "nodes")
        _nodes(nodes, case, "")
    scales = ET.SubElement(root, "criteriaScales")
    for factor in factors:
        if factor.factor in case.factor_ids:
            scale = ET.SubElement(scales, "criterionScale")
            _text(scale, "criterionID", factor.factor)
            quantitative = ET.SubElement(ET.SubElement(ET.SubElement(scale, "scales"), "scale"), "quantitative")
            _text(quantitative, "preferenceDirection", "min" if factor.direction == "min" else "max")
            ends = {factor.worst, factor.target} - {None}
            if factor.direction != "range" and None not in (factor.worst, factor.target):
                for end, value in (("minimum", min(ends)), ("maximum", max(ends))):  # type: ignore[type-var]
                    _text(ET.SubElement(quantitative, end), "real", number_text(value))  # type: ignore[arg-type]
    if any(factor.weight is not None for factor in factors):
        values = ET.SubElement(root, "criteriaValues", id="weights")
        for factor in factors:
            if factor.weight is not None:
                weight = ET.SubElement(values, "criterionValue")
                _text(weight, "criterionID", factor.factor)
                _value(weight, factor.weight)
    table = ET.SubElement(root, "performanceTable")
    for score in case.rows(Score):
        performances = ET.SubElement(table, "alternativePerformances")
        _text(performances, "alternativeID", score.track)
        for factor_id in case.factor_ids:
            performance = ET.SubElement(performances, "performance")
            _text(performance, "criterionID", factor_id)
            _value(performance, score.values.get(factor_id))
    ET.indent(root)
    data = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    held = ("tracks", "factors", "scores")
    others = [table for table, rows in case.tables.items() if rows.rows and table not in held]
    others += ["judgements"] if case.judgements else []
    left: list[Left] = [("format.decision_only", {"tables": ", ".join(others)})] if others else []
    if ranges := [factor.factor for factor in factors if factor.direction == "range"]:
        left.append(("format.no_range", {"factors": ", ".join(ranges)}))
    return {name: data + b"\n"}, left


def _named(element: ET.Element, name: str, id_: str) -> None:
    if name != id_:
        element.set("name", name)
    _text(element, "active", "true")


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text


def _value(parent: ET.Element, number_or_blank: float | None) -> None:
    value = ET.SubElement(ET.SubElement(parent, "values"), "value")
    if number_or_blank is None:
        ET.SubElement(value, "NA")
    else:
        _text(value, "real", number_text(number_or_blank))


def _nodes(parent: ET.Element, case: Case, factor: str) -> None:
    for child in case.children.get(factor, ()):
        node = ET.SubElement(parent, "node")
        _text(node, "criterionID", child)
        if child in case.children:
            _nodes(ET.SubElement(node, "nodes"), case, child)


# --- in ---------------------------------------------------------------------------------------------------------------


def read(data: bytes, path: Path) -> tuple[Case, list[Left]]:
    """Read alternatives, criteria with their directions, tree and weights, and the performance table.

    Raises
    ------
    CaseError
        No XML, one that defines entities, no performance table, values that are no numbers.
    """
    root = _parsed(data, path.name)
    problems: list[Problem] = []
    table = next(root.iter("performanceTable"), None)
    if not root.tag.endswith("XMCDA") or table is None:
        found = ", ".join(dict.fromkeys(str(child.tag) for child in root)) or str(root.tag)
        raise CaseError([Problem("xmcda", path.name, found=found)])
    scores: dict[str, dict[str, Any]] = {}
    for performances in table.iter("alternativePerformances"):
        track = _said(performances, "alternativeID")
        row = scores.setdefault(track, {"track": track})
        for performance in performances.iter("performance"):
            factor = _said(performance, "criterionID")
            row[factor] = _number(performance, path.name, f"{track}, {factor}", problems)
    names = {tag: _names(root, tag) for tag in ("alternative", "criterion")}
    used = list(dict.fromkeys(key for row in scores.values() for key in row if key != "track"))
    inactive = {tag: _inactive(root, tag) for tag in names}
    parents, directions, ends = dict(_tree(root)), _directions(root), _ends(root, path.name, problems)
    weights = _weights(root, path.name, problems)
    factors = [one for one in dict.fromkeys((*names["criterion"], *used)) if one in used or one in parents.values()]
    factors = [one for one in factors if one not in inactive["criterion"]]
    left: list[Left] = [("format.inactive", {"names": ", ".join(sorted(ids))}) for ids in inactive.values() if ids]
    if problems:
        raise CaseError(problems)
    rows = [_factor(one, names["criterion"], directions, ends, parents, weights) for one in factors]
    tracks = [track for track in scores if track not in inactive["alternative"]]
    settings = {"weights": "direct"} if any("weight" in row for row in rows) else {}
    case = from_frames(
        Case,
        [{key: value for key, value in scores[track].items() if key == "track" or key in factors} for track in tracks],
        name=path.stem,
        settings=settings,
        tracks=[{"track": track, **_name(names["alternative"].get(track, ""), track)} for track in tracks],
        factors=rows,
    )
    return case, left


def _factor(
    factor: str,
    names: Mapping[str, str],
    directions: Mapping[str, str],
    ends: Mapping[str, Mapping[str, float]],
    parents: Mapping[str, str],
    weights: Mapping[str, float],
) -> dict[str, Any]:
    direction = directions.get(factor, "max")
    low, high = (ends.get(factor, {}).get(end) for end in ("minimum", "maximum"))
    scale = {} if low is None or high is None else {"worst": low, "target": high}
    if direction == "min" and scale:
        scale = {"worst": scale["target"], "target": scale["worst"]}
    parent = {"parent": parents[factor]} if parents.get(factor) else {}
    weight = {"weight": weights[factor]} if factor in weights else {}
    name = _name(names.get(factor, ""), factor)
    return {"factor": factor, **name, "direction": direction, **scale, **parent, **weight}


def _name(name: str, id_: str) -> dict[str, str]:
    if not name or name == id_:
        return {}
    return {"name_zh" if any("一" <= sign <= "鿿" for sign in name) else "name_en": name}


class _Refused(Exception):
    """A file that is no plain tree of elements."""


def _parsed(data: bytes, file: str) -> ET.Element:
    """Return the tree, namespaces left out; nothing outside the file is read, and no entity is defined."""
    builder, depth = ET.TreeBuilder(), 0
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _Refused("...")
        builder.start(re.sub(r"^.*:", "", tag), attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(re.sub(r"^.*:", "", tag))

    def refuse(*_: object) -> None:
        raise _Refused("<!DOCTYPE")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, builder.data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, _Refused, AssertionError, LookupError, ValueError) as error:
        raise CaseError([Problem("xmcda", file, found=str(error)[:80])]) from None


def _said(element: ET.Element, tag: str) -> str:
    return tidy(element.findtext(tag) or "")


def _names(root: ET.Element, tag: str) -> dict[str, str]:
    return {element.get("id", ""): element.get("name", "") for element in root.iter(tag) if element.get("id")}


def _inactive(root: ET.Element, tag: str) -> set[str]:
    return {element.get("id", "") for element in root.iter(tag) if _said(element, "active") in ("false", "0")}


def _tree(root: ET.Element) -> Iterator[tuple[str, str]]:
    """Yield each criterion of the hierarchy with the one above it."""

    def below(nodes: ET.Element, parent: str) -> Iterator[tuple[str, str]]:
        for node in nodes.findall("node"):
            own = _said(node, "criterionID")
            yield own, parent
            for inner in node.findall("nodes"):
                yield from below(inner, own)

    for hierarchy in root.iter("criteriaHierarchy"):
        for nodes in hierarchy.findall("nodes"):
            yield from below(nodes, "")


def _scales(root: ET.Element) -> Iterator[tuple[str, ET.Element]]:
    """Yield the scales of criteria: of their own section, or, in version 2, inside them."""
    for scale in root.iter("criterionScale"):
        yield _said(scale, "criterionID"), scale
    for criterion in root.iter("criterion"):
        yield criterion.get("id", ""), criterion


def _directions(root: ET.Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for factor, scale in _scales(root):
        said = next((tidy(one.text or "") for one in scale.iter("preferenceDirection")), "")
        if said in ("min", "max"):
            found[factor] = said
    return found


def _ends(root: ET.Element, file: str, problems: list[Problem]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for factor, scale in _scales(root):
        for end in ("minimum", "maximum"):
            for element in scale.iter(end):
                value = _number(element, file, f"{factor}, {end}", problems)
                if value is not None:
                    found.setdefault(factor, {})[end] = value
    return found


def _weights(root: ET.Element, file: str, problems: list[Problem]) -> dict[str, float]:
    """Return the weights: the values of criteria that are called so, else the first ones."""
    sets = list(root.iter("criteriaValues"))
    called = [" ".join(one.get(key, "") for key in ("id", "name", "mcdaConcept")).lower() for one in sets]
    chosen = next((one for one, name in zip(sets, called, strict=True) if "weight" in name), sets[0] if sets else None)
    found: dict[str, float] = {}
    for value in [] if chosen is None else chosen.iter("criterionValue"):
        factor = _said(value, "criterionID")
        weight = _number(value, file, factor, problems)
        if weight is not None:
            found[factor] = weight
    return found


def _number(element: ET.Element, file: str, where: str, problems: list[Problem]) -> float | None:
    """Return the number in an element: a real, an integer or a rational; None where it has no value."""
    for tag in ("real", "integer"):
        if (text := next((one.text for one in element.iter(tag)), None)) is not None:
            value = number(text)
            if value is None:
                problems.append(Problem("number", file, None, where, text))
            return value
    if (rational := next(element.iter("rational"), None)) is not None:
        over, under = (number(_said(rational, part)) for part in ("numerator", "denominator"))
        if over is not None and under:
            return over / under
    elif next(element.iter("NA"), None) is not None or all(child.tag in NAMING for child in element):
        return None
    found = " ".join("".join(element.itertext()).split())
    problems.append(Problem("number", file, None, where, found))
    return None
