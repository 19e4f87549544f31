"""No words of a questionnaire that we may not ship are anywhere in the package."""

from tests.content.phrases import HASHES, LENGTH, phrases

TEXT = {".py", ".toml", ".md", ".html", ".css", ".js", ".json", ".txt"}


def test_no_tell_tale_phrase_is_in_the_package(root):
    files = [path for path in (root / "midcourse").rglob("*") if path.suffix in TEXT]
    assert files
    found = {str(path.relative_to(root)) for path in files if HASHES & set(phrases(path.read_text("utf-8")))}
    assert found == set()


def test_the_hashes_catch_words_whatever_their_case_and_punctuation():
    plain = list(phrases("one two three four five"))
    assert plain == list(phrases("ONE, two: three \u2014 four five!"))
    assert len(plain) == 1 and LENGTH == 5
    assert all(len(hash_) == 16 for hash_ in HASHES) and len(HASHES) > 100
