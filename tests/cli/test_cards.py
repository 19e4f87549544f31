"""`midcourse content show` and `midcourse answers`, as a client or a therapist would use them."""

from typer.testing import CliRunner

from midcourse.cli.app import app
from midcourse.cli.cards import shares_of
from midcourse.measures import find
from midcourse.record import Episode, Score

HEAD = "client_id,measure,date,score\n"


def run(*words):
    return CliRunner().invoke(app, list(map(str, words)))


def scores(tmp_path, rows, head=HEAD):
    table = tmp_path / "scores.csv"
    table.write_text(head + rows)
    return table


def test_the_guides_are_listed():
    said = run("content", "show").stdout
    assert "micro-guides" in said and "therapist" in said and "Finding the words" in said


def test_a_guide_and_a_card_are_printed_with_what_they_rest_on():
    assert "Ways to begin (words-open)" in run("content", "show", "words").stdout
    said = run("content", "show", "lifestyle-sleep").stdout
    assert "evidence: A; source: scott2021" in said and "- Go to bed when you are sleepy." in said


def test_a_book_names_its_holder_and_that_nobody_has_looked():
    said = run("content", "show", "book-feeling-good").stdout
    assert "All rights reserved" in said and "nobody has checked this yet" in said


def test_a_question_that_wants_numbers_is_shown_without_a_gap():
    assert "{" not in run("content", "show", "faq").stdout


def test_a_card_is_there_in_spanish():
    assert "Hablar del miedo" in run("content", "show", "words-fear", "--language", "es").stdout


def test_an_unknown_card_is_refused():
    said = run("content", "show", "sing")
    assert (
        said.exit_code == 2 and "There is no card 'sing'" in said.stderr and "lists the guides" in said.stderr
    )


def test_questions_are_answered_in_general_without_scores():
    said = run("answers").stdout
    assert "How long before I feel better? (in general)" in said and "Not clinically validated" in said
    assert "from your own scores" not in said


def test_questions_are_answered_from_own_scores_and_say_whose_odds_they_are(tmp_path):
    table = scores(tmp_path, "a,phq-9,2025-01-06,17\na,phq-9,2025-01-13,15\na,phq-9,2025-01-20,15\n")
    said = run("answers", "--data", table).stdout
    assert "How long before I feel better? (from your own scores)" in said
    assert "at week 4; about" in said and "These odds lean on other people" in said
    assert "Your first score on PHQ-9 was 17, and your latest is 15." in said
    spanish = run("answers", "--data", table, "--language", "es").stdout
    assert (
        "Tu primera puntuación en PHQ-9 fue 17, y la última es 15." in spanish and "[English]" not in spanish
    )


def test_a_measure_without_a_reference_gets_no_odds(tmp_path):
    said = run("answers", "--data", scores(tmp_path, "a,wsas,2025-01-06,17\na,wsas,2025-01-13,15\n")).stdout
    assert "What are the odds for me? (in general)" in said and "These odds" not in said


def test_scores_without_a_time_have_no_shares():
    assert shares_of(Episode("c", (Score("phq-9", 12),)), find("phq-9").scale) == ()
