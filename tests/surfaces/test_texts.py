"""Every text: unique keys, both languages, the same placeholders; none that nothing says, none said but not there."""

from __future__ import annotations

import ast
import re
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import saidao
from saidao.optimize import OBJECTIVES
from saidao.texts.array_words import found_in_chinese
from saidao.texts.glossary import EXCEPTIONS, TERMS, Term
from saidao.texts.say import CATALOGUES, LANGUAGES, WORDS, both, say

HOME = Path(saidao.__file__).parent
ENGINES = (HOME.parent / "mcda", HOME.parent / "optimize")


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for folder in (HOME, *ENGINES):
        for path in sorted(folder.rglob("*.py")):
            if HOME / "texts" not in path.parents and not any(q.is_symlink() for q in path.parents):
                yield path, ast.parse(path.read_text("utf-8"))


def pattern(text: ast.JoinedStr) -> str:
    return "".join(re.escape(str(v.value)) if isinstance(v, ast.Constant) else ".+" for v in text.values)


def in_templates() -> Iterator[tuple[str, bool]]:
    """Keys that templates say, and whether something follows the key."""
    for path in (*HOME.rglob("*.html"), *HOME.rglob("*.j2")):
        for _, key, more in re.findall(r"""\b(?:t|say)\((["'])([^"']+)\1( ~)?""", path.read_text("utf-8")):
            yield key, bool(more)


def problem_codes() -> set[str]:
    found = set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem" and node.args:
                found |= {n.value for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant)}
    return {code for code in found if isinstance(code, str) and not code.endswith("_")}


def test_keys_are_unique_over_the_catalogues() -> None:
    assert not [key for key, times in Counter(key for words in CATALOGUES for key in words).items() if times > 1]


def test_a_catalogue_writes_each_key_once() -> None:
    for path in (HOME / "texts").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Dict):
                keys = Counter(key.value for key in node.keys if isinstance(key, ast.Constant))
                assert not [key for key, times in keys.items() if times > 1], path.name


def test_a_text_stands_in_both_languages_with_the_same_placeholders() -> None:
    for key, texts in WORDS.items():
        assert len(texts) == len(LANGUAGES), key
        assert all(texts) or not any(texts), key
        english, chinese = (  # a word that only goes with a number is grammar
            {
                field
                for _, field, spec, _ in string.Formatter().parse(text)
                if field and ("{" in (spec or "") or not (spec or "").startswith("|"))
            }
            for text in texts
        )
        assert english == chinese, key


def test_every_text_that_is_said_is_there() -> None:
    said = 0
    for path, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            if getattr(node.func, "id", getattr(node.func, "attr", "")) not in ("say", "both"):
                continue
            key = node.args[0]
            if isinstance(key, ast.Constant):
                assert key.value in WORDS, f"{path.name}:{node.lineno} {key.value!r}"
            elif isinstance(key, ast.JoinedStr):
                assert any(map(re.compile(pattern(key)).fullmatch, WORDS)), f"{path.name}:{node.lineno} {pattern(key)}"
            said += 1
    assert said > 300
    for name, more in in_templates():
        assert name in WORDS or (more and any(key.startswith(name) for key in WORDS)), name


def test_every_error_code_of_the_source_has_its_sentences() -> None:
    codes = problem_codes()
    assert len(codes) > 30
    for code in codes:
        assert f"{code}.expected" in WORDS, code
        assert f"{code}.remedy" in WORDS, code


def test_every_text_is_said_somewhere() -> None:
    """A key stands in the source as it is, or some pattern of keys makes it."""
    written, patterns = set(), set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                written.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                patterns.add(pattern(node))
    for name, more in in_templates():
        if more:
            patterns.add(re.escape(name) + ".+")
        written.add(name)
    made = [re.compile(p) for p in patterns if re.match(r"(\.\+)?[a-z_]{3}", p)]

    def said(key: str) -> bool:
        return key in written or any(p.fullmatch(key) for p in made)

    parts = (".expected", ".remedy", ".probably", ".line")
    stems = {key: key.rpartition(".")[0] for key in WORDS if key.endswith(parts)}
    assert not [key for key in WORDS if not said(key) and not said(stems.get(key, ""))]


def test_both_says_chinese_first() -> None:
    assert both("nothing") == f"{say('nothing', 'zh')}\n{say('nothing')}"


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.english)
def test_a_term_has_one_translation(term: Term) -> None:
    lacking = {key for key, texts in WORDS.items() if term.lacks(*texts)}
    assert not lacking - set(EXCEPTIONS)


def test_every_exception_to_the_glossary_is_one() -> None:
    used = {key for key, texts in WORDS.items() for term in TERMS if term.lacks(*texts)}
    assert set(EXCEPTIONS) == used


@pytest.mark.parametrize("old", ["资助", "弥合", "名次", "立场", "锁定", "禁用", "瓶颈", "易手", "易位", "观点"])
def test_a_word_that_another_has_replaced_is_nowhere(old: str) -> None:
    assert not [key for key, (_, chinese) in WORDS.items() if old in chinese]


def test_chinese_has_its_own_punctuation() -> None:
    for key, (_, chinese) in WORDS.items():
        told = re.sub(r"\{[^{}]*\}|`[^`]*`", "", chinese)
        assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;?!()][\u4e00-\u9fff]", told), key


@pytest.mark.parametrize("name", OBJECTIVES)
@pytest.mark.parametrize("what", ["objective", "worth", "head.worth", "answer.bottleneck", "answer.no_bottleneck"])
def test_every_objective_is_said(name: str, what: str) -> None:
    assert f"{what}.{name}" in WORDS


def templates(node: ast.expr) -> list[str]:
    """Return what an expression of texts can be, ``{}`` for what varies."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)]
    if isinstance(node, ast.IfExp):
        return [*templates(node.body), *templates(node.orelse)]
    if isinstance(node, ast.BinOp):
        return [one + other for one in templates(node.left) for other in templates(node.right)]
    return ["{}"]


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def found_by_arrays() -> set[str]:
    """Return what errors of `mcda` say that they found, in words."""
    calls = [
        node
        for path in ENGINES[0].rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and called(node) in ("InputError", "each_column", "above_zero")
        if len(node.args) > 2
    ]
    found = {text for call in calls for text in templates(call.args[2])}
    return {text for text in found if re.search("[A-Za-z]{2}", text)}


def test_what_arrays_find_is_told_in_chinese() -> None:
    missing = {text for text in found_by_arrays() if not re.search("[\u4e00-\u9fff]", found_in_chinese(text))}
    assert not missing
