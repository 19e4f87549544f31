"""Every text a client may see is easy to read by the formula of its language, and free of words we never use."""

import re

import pytest

from midcourse import content
from midcourse.content.check.everything import SHIPPED
from midcourse.content.check.folder import read_folder
from midcourse.content.check.plain import LABELS, client_texts
from midcourse.content.readability import FEWEST_WORDS, HARDEST_GRADE, LOWEST_EASE, ease, grade, words

FOLDER = read_folder(SHIPPED)
ENGLISH = {(one.kind, one.name): one.raw for one in FOLDER.files if not one.is_side_file}
TEXTS = [
    (file.language or "en", f"{file.path} {where}", text)
    for file in FOLDER.files
    for where, text in client_texts(file, ENGLISH[file.kind, file.name])
]
RULES = content.read("guidance", "must-nots")["rules"]


def sentences(language):
    return [
        (where, text)
        for spoken, where, text in TEXTS
        if spoken == language
        and re.split(r"[. ]", where)[-1] not in LABELS
        and len(words(text)) >= FEWEST_WORDS
    ]


def test_many_texts_are_judged_in_both_languages():
    assert len(sentences("en")) > 800 and len(sentences("es")) > 800


def test_every_english_text_is_at_flesch_kincaid_grade_8_or_below():
    assert [
        (where, grade(text)) for where, text in sentences("en") if grade(text) > HARDEST_GRADE == 8.0
    ] == []


def test_every_spanish_text_is_at_fernandez_huerta_60_or_above():
    assert [(where, ease(text)) for where, text in sentences("es") if ease(text) < LOWEST_EASE == 60.0] == []


@pytest.mark.parametrize("rule", RULES, ids=[rule["id"] for rule in RULES])
def test_no_text_breaks_a_must_not(rule):
    for language, field in (("en", "words"), ("es", "words_es")):
        for pattern in rule[field]:
            found = [
                where
                for spoken, where, text in TEXTS
                if spoken == language and re.search(pattern, text, re.I)
            ]
            assert found == [], (pattern, found)


def test_labels_and_titles_are_held_to_the_must_nots_too():
    assert any(where.endswith("title") for _, where, _ in TEXTS)
    assert not [where for _, where, text in TEXTS if re.search(r"resistan|non-?complian", text, re.I)]


def test_no_text_addresses_the_reader_in_the_forms_of_spain_alone():
    plural = re.compile(r"\b(vosotr\w+|vuestr\w+|os)\b|\b\w+(áis|éis)\b", re.I)
    assert [where for spoken, where, text in TEXTS if spoken == "es" and plural.search(text)] == []


def test_spanish_questions_and_quotes_are_opened_as_well_as_closed():
    for spoken, where, text in TEXTS:
        if spoken == "es":
            assert text.count("¿") == text.count("?") and text.count("«") == text.count("»"), where
