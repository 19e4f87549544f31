"""The formulas that say how easy a text is: known syllables, known scores."""

import pytest

from midcourse.content.readability import ease, grade, sentences, syllables_en, syllables_es, too_hard, words


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1), ("feeling", 2), ("therapy", 3), ("therapist", 3), ("asked", 1), ("trusted", 2), ("usual", 3),
        ("situation", 4), ("experience", 4), ("quiet", 2), ("something", 2), ("people", 2), ("table", 2),
        ("change", 1), ("changes", 2), ("are", 1), ("use", 1), ("the", 1), ("places", 2), ("times", 1), ("smile", 1),
        ("medicine", 3), ("family", 3), ("being", 2), ("social", 2), ("real", 1),
    ],
)  # fmt: skip
def test_english_syllables(word, count):
    assert syllables_en(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("sol", 1), ("terapia", 3), ("sesión", 2), ("día", 2), ("ahora", 3), ("ciudad", 2), ("país", 2), ("leer", 2),
        ("construir", 2), ("hoy", 1), ("muy", 1), ("guía", 2), ("lingüística", 4), ("cuídate", 3), ("vergüenza", 3),
        ("seguir", 2), ("quieres", 2), ("oído", 3), ("bueno", 2), ("mayo", 2), ("y", 1),
    ],
)  # fmt: skip
def test_spanish_syllables(word, count):
    assert syllables_es(word) == count


@pytest.mark.need("S4-52", by="midcourse content check")
def test_a_sentence_worked_by_hand():
    # 10 words, 2 sentences, 13 syllables.
    text = "The cat sat on the mat. Happy people smile again."
    assert len(words(text)) == 10 and sentences(text) == 2
    assert grade(text) == pytest.approx(0.39 * 5 + 11.8 * 13 / 10 - 15.59)
    # 6 words, 1 sentence, 9 syllables.
    assert ease("Tú eliges quién lo sabe hoy.") == pytest.approx(206.84 - 60 * 9 / 6 - 1.02 * 6)


def test_abbreviations_numbers_placeholders_and_hyphens():
    assert words("After {sessions} sessions, 3.5 points: check-in it's") == [
        "After", "{sessions}", "sessions", "3.5", "points", "check-in", "it's",
    ]  # fmt: skip
    assert grade("CBT helps") == pytest.approx(0.39 * 2 + 11.8 * 4 / 2 - 15.59)
    assert grade("check-in {number}") == pytest.approx(0.39 * 2 + 11.8 * 3 / 2 - 15.59)


def test_a_decimal_point_ends_no_sentence():
    assert sentences("It fell by 3.5 points. Good!") == 2
    assert sentences("no end") == 1


def test_short_labels_and_other_languages_are_not_judged():
    assert too_hard("Interpersonal communication difficulties", "en") is None
    assert too_hard("Schwierigkeiten der zwischenmenschlichen Kommunikation im Alltag", "de") is None


def test_a_text_without_a_word_is_refused():
    with pytest.raises(ValueError, match="no word"):
        grade("...")
