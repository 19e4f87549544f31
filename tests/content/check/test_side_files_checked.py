"""Side files: ids and placeholders must match, numbers stay in the English file, what is missing is listed."""

HEAD = 'id = "stigma"\nlanguage = "es"\nof_version = "1"\nreviewed_by = ""\nnote = "machine-assisted"\n'
SIDE = "reasons/stigma.es.toml"


def test_a_side_file_that_matches_has_no_problem_and_lists_what_is_missing(copied):
    copied.write(
        SIDE, HEAD + 'title = "Vergüenza"\n[[client_questions]]\nid = "C-STI-1"\ntext = "Me da vergüenza."\n'
    )
    found = copied.check()
    assert found.problems == ()
    missing = next(one.what for one in found.noticed("not translated") if one.file == SIDE)
    assert "say" in missing and "client_questions[C-STI-2].text" in missing
    assert "C-STI-1" not in missing and "definition" not in missing


def test_a_side_file_of_an_older_version_is_listed(copied):
    copied.write(SIDE, HEAD.replace('of_version = "1"', 'of_version = "0"'))
    assert [one.what for one in copied.check().noticed("older translation") if one.file == SIDE] == [
        "of version 0, now 1"
    ]


def test_an_id_that_the_english_does_not_have_is_named(copied):
    copied.write(SIDE, HEAD + '[[client_questions]]\nid = "C-STI-9"\ntext = "Hola."\n')
    assert any(
        "client_questions[C-STI-9]: the English file has no such entry." in one for one in copied.problems()
    )


def test_a_number_in_a_side_file_is_named(copied):
    copied.write(SIDE, HEAD + '[[client_questions]]\nid = "C-STI-1"\nweight = 9\n')
    assert any(
        "client_questions[C-STI-1].weight: it is no text to translate." in one for one in copied.problems()
    )


def test_a_lost_placeholder_is_named(copied):
    copied.change("reasons/stigma.toml", 'say = "Many people', 'say = "After {sessions} sessions many people')
    copied.write(SIDE, HEAD + 'say = "Muchas personas sienten vergüenza."\n')
    assert any("say: its placeholders are not those of the English. They are: {sessions}." in one
               for one in copied.problems())  # fmt: skip
    copied.write(SIDE, HEAD + 'title = "Tu {nombre}"\n')
    assert any("title: its placeholders are not those of the English. They are: none." in one
               for one in copied.problems())  # fmt: skip


def test_a_side_file_of_nothing_and_one_of_another_language_are_named(copied):
    copied.write("reasons/nothing.es.toml", 'id = "nothing"\n')
    copied.write(SIDE, HEAD.replace('"es"', '"fr"'))
    found = copied.problems()
    assert any("nothing.es.toml: there is no English file of this name." in one for one in found)
    assert any("stigma.es.toml, language: 'fr' is not the file's own." in one for one in found)


def test_spanish_that_is_too_hard_and_words_we_never_use_are_named(copied):
    hard = "Considerablemente insuficientemente institucionalizado procedimiento psicoterapéutico interdisciplinario."
    copied.write(SIDE, HEAD + f'say = "{hard} Pareces resistente."\n')
    found = copied.problems()
    assert any("say: Fernandez-Huerta ease" in one for one in found)
    assert any("'resistente' is never said" in one for one in found)


def test_a_language_without_a_formula_is_not_judged(copied):
    copied.write(
        "reasons/stigma.fr.toml",
        HEAD.replace('"es"', '"fr"') + 'say = "La honte est tout \u00e0 fait normale."\n',
    )
    assert copied.problems() == []
