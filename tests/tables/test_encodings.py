"""Byte-order marks, UTF-16, separators and decimal commas."""

import pytest

from midcourse.tables import read_table

TEXT = "client,session,measure,score\nZoë,1,phq9,20\nZoë,2,phq9,18\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_utf_8_and_utf_16_are_read_with_and_without_a_mark(table, encoding):
    text = TEXT if encoding == "utf-8" else TEXT.replace("ë", "e")
    reading = read_table(table(text.encode(encoding)))
    assert reading.episodes[0].client_id == ("Zoë" if encoding == "utf-8" else "Zoe")
    assert reading.counts.used == 2


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_a_mark_says_which_way_round_utf_16_is(table, mark):
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert read_table(table(mark + TEXT.encode(encoding))).episodes[0].client_id == "Zoë"


def test_another_encoding_is_refused_naming_the_first_bad_line_and_the_mend(table, refused):
    (found,) = refused(table(TEXT.encode("latin-1")))
    assert (found.kind, found.line) == ("wrong-encoding", 2)
    assert "CSV UTF-8" in found.mend


def test_what_was_found_before_the_text_broke_off_is_said_too(table, refused):
    rows = "".join(f"A,{n},phq9,99\n" for n in range(20_000))
    problems = refused(table((TEXT.replace("ë", "e") + rows + "Zoë,3,phq9,1\n").encode("latin-1")))
    assert (problems[0].kind, problems[0].line) == ("wrong-encoding", 20_004)
    assert problems[1].kind == "out-of-range"


def test_broken_utf_16_is_refused_without_a_line(table, refused):
    (found,) = refused(table(b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1]))
    assert (found.kind, found.line) == ("wrong-encoding", None)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_in_the_header(table, separator):
    assert read_table(table(TEXT.replace(",", separator))).counts.used == 2


def test_a_separator_inside_a_quoted_name_does_not_count(table):
    text = 'client;session;measure;score;"a,b,c,d,e,f"\nA;1;phq9;20;\n'
    assert read_table(table(text)).counts.used == 1


def test_a_comma_is_the_decimal_sign_where_semicolons_separate(table):
    text = "client;day;measure;score\nA;0,5;das;90,5\n"
    (score,) = read_table(table(text)).episodes[0].scores
    assert (score.day, score.value) == (0.5, 90.5)


def test_empty_cells_beyond_the_header_are_dropped(table):
    text = "client,session,measure,score\nA,1,phq9,20,,\nA,2,phq9,18,, \n"
    assert read_table(table(text)).counts.used == 2


def test_the_line_that_names_the_separator_is_passed_over(table):
    assert read_table(table("sep=;\nclient;session;measure;score\nA;1;phq9;20\n")).counts.used == 1


@pytest.mark.parametrize("content", ["", "\n\n", " \n"])
def test_a_file_without_a_line_of_names_is_empty(table, refused, content):
    assert refused(table(content))[0].kind in {"empty-file", "no-client-column"}


def test_lines_may_end_as_they_do_on_any_system(table):
    for end in ("\r\n", "\r"):
        assert read_table(table(TEXT.replace("\n", end))).counts.used == 2


def test_quotes_that_never_close_are_refused(table, refused):
    (found,) = refused(table(TEXT + '"A,1,phq9,20\n'))
    assert (found.kind, found.line) == ("unreadable-file", 4)
