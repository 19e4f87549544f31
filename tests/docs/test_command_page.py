"""The page of the command says what the command says."""

from tests.docs.command_page import PAGE, ROLES, SYNONYMS, commands, page


def test_the_page_is_up_to_date():
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.docs.command_page"


def test_every_command_and_every_option_is_on_the_page_with_a_sentence():
    text = PAGE.read_text("utf-8")
    for name, command in commands().items():
        assert f"## midcourse {name}\n" in text
        for option in command.params:
            assert option.help.endswith("."), (name, option.name)
            assert f"| `{option.opts[0].upper() if option.opts[0][0] != '-' else option.opts[0]}" in text


def test_every_command_has_an_example_on_the_page():
    text = PAGE.read_text("utf-8")
    assert all(f"\n    midcourse {name} " in text for name in commands())


def test_every_role_of_a_column_is_explained():
    assert set(ROLES) == set(SYNONYMS)
