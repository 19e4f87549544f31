"""What an evaluation says to people: its sentences, its tables, and its page."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from midcourse.cli.evaluation_report import page
from midcourse.cli.evaluation_report.block import Block
from midcourse.cli.evaluation_report.blocks import blocks, clearly_worse, silence
from midcourse.cli.evaluation_report.cells import cell, hundred, plain
from midcourse.cli.evaluation_report.charts import calibration, fifths, leads, roc
from midcourse.cli.evaluation_report.plot import write_plot
from midcourse.cli.evaluation_report.words import asked, compared, poor, result
from midcourse.evaluation.bootstrap import Figure
from midcourse.evaluation.coverage import Coverage
from midcourse.evaluation.verdict import Difference
from tests.evaluation.judge_parts import change, constant
from tests.report.evaluations import against, evaluation, full, nobody_changes, refusing
from tests.report.reading import parsed
from tests.report.test_in_a_browser import asked as asked_in_a_browser


def block(title: str, found=None) -> Block:
    return next(one for one in blocks(found or full()) if one.title.startswith(title))


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(0.7904, 3, ".790"), (-0.041, 2, "-.04"), (1.0, 2, "1.00"),
     (-0.0001, 2, ".00"), (12.34, 1, "12.3"), (-0.0, 0, "0")],
)  # fmt: skip
def test_numbers_are_written_short(value, digits, text):
    assert plain(value, digits) == text


def test_a_figure_is_written_with_its_interval_and_a_missing_one_as_a_dash():
    assert cell(Figure(0.7904, 0.75, 0.8)) == ".790 [.750 .800]"
    assert cell(Figure(0.7904)) == ".790"
    assert cell(None) == cell(Figure(None, note="not estimable (3 events)")) == "-"
    assert hundred(Figure(0.45, 0.38, 0.52)) == "45 [38 52]"


def test_the_result_is_one_sentence_about_the_policy():
    assert result(full()).startswith(
        "Of 100 people who end without reliable improvement, midcourse alerts 100 (100 to 100), on average "
    )
    assert result(full()).endswith("; of 100 people it alerts, 100 (100 to 100) do end so.")
    assert compared(full()).startswith(
        "It tells clearly better than the plain change so far who will end so (AUC 1.00 "
    )


def test_without_the_policy_the_smallest_log_loss_stands_for_all():
    found = evaluation((change(), against(), constant(0.4, "always")))
    losses = {verdict.name: verdict.figures["log_loss"].value for verdict in found.able}
    assert found.shown is not None
    assert found.shown.name == min(losses, key=lambda name: losses[name] or 9)


def test_too_few_events_are_said_in_words_instead_of_a_figure():
    found = nobody_changes()
    assert result(found) == (
        "40 clients of 40 ended without reliable improvement: too few, or too many, to say how many "
        "would have been noticed in time."
    )
    assert any("not estimable (0 non-events)" in note for note in block("Who will", found).notes)


def test_a_method_that_never_alerts_is_said_to_alert_nobody():
    assert result(evaluation((constant(0.5, "midcourse"),))).endswith("midcourse alerted none of them.")


def test_where_every_method_failed_only_the_reasons_are_given():
    found = evaluation((refusing(),))
    assert result(found) == "No method could be judged on this table; the reasons stand below."
    assert compared(found) == ""
    assert blocks(found) == ()
    assert silence(found)[0].startswith("refusing failed: fold ")
    shown = parsed(page(found)).text
    assert "there are <too> few clients" in shown
    assert "In pictures" not in shown


def test_how_it_compares_is_said_only_as_far_as_it_is_sure():
    def said(*methods) -> str:
        return compared(evaluation(methods))

    assert said(change()) == ""
    assert said(change(), against("midcourse")).startswith(
        "It is clearly worse than the plain change so far (AUC "
    )
    assert said(change(), change("midcourse")).startswith(
        "It is not clearly better than the plain change so far"
    )
    assert compared(nobody_changes()) == ""
    found = nobody_changes()
    renamed = tuple(
        replace(v, name="midcourse") if v.name == "constant" else v for v in found.judgement.verdicts
    )
    lost = replace(found, judgement=replace(found.judgement, verdicts=renamed, differences=()))
    assert compared(lost) == "Whether it beats the plain change so far cannot be told from this table."


@pytest.mark.parametrize(
    ("ends", "said"),
    [((-0.3, -0.1), "clearly better"), ((-0.1, 0.1), "not clearly better"), ((0.1, 0.3), "clearly worse")],
)
def test_without_an_order_to_compare_it_speaks_of_probabilities_only(ends, said):
    loss = Difference("log_loss", "midcourse", "change", Figure(sum(ends) / 2, *ends), True)
    found = replace(full(), judgement=replace(full().judgement, differences=(loss,)))
    assert compared(found).startswith(f"Its probabilities are {said} than those of the plain change so far;")


@pytest.mark.parametrize(
    ("auc", "loss", "said"),
    [
        ((0.1, 0.3), (-0.1, 0.1), "clearly better than the plain change so far who will end so"),
        ((-0.1, 0.1), (-0.3, -0.1), "clearly better than the plain change so far how likely that is"),
    ],
)
def test_one_clear_lead_of_two_is_not_called_both(auc, loss, said):
    found = full()
    two = tuple(
        Difference(name, "midcourse", "change", Figure(sum(ends) / 2, *ends), name == "log_loss")
        for name, ends in (("auc", auc), ("log_loss", loss))
    )
    found = replace(found, judgement=replace(found.judgement, differences=two))
    assert said in compared(found)
    assert "not clearly better" in compared(found)


def test_who_was_left_out_and_why_is_counted():
    lines = " ".join(asked(full()))
    assert "1 course without a session number or a date; 3 scores with a problem" in lines
    assert "not 5 points or more better" in lines
    assert "Reliable change: test." in lines
    found = full()
    j = replace(found.judgement, too_short=2, repeated=1, unit="days", notes=("A note.",))
    lines = " ".join(asked(replace(found, judgement=j)))
    assert "2 clients with fewer than 4 scores; 1 later course of clients who came back" in lines
    assert "times counted in days" in lines
    assert lines.endswith("A note.")
    bare = replace(found, scale=replace(found.scale, reliable_change=None), set_aside=0, untimed=0)
    assert "Nobody was left out." in asked(bare)
    assert not any(line.startswith("Reliable change") for line in asked(bare))


def test_poor_results_are_named_too():
    lines = {line.split(":")[0]: line for line in poor(full())}
    assert "who will not improve is told less well than by the plain change" in lines["poor & <sure>"]
    assert "probabilities are worse than by the plain change" in lines["poor & <sure>"]
    assert "probabilities too sure (slope " in lines["poor & <sure>"]
    assert re.search(r"too (hopeful|gloomy) \(intercept", lines["always"])
    assert "midcourse" not in lines or "band" not in lines["midcourse"]
    assert "quiet says nothing at " in silence(full())[0]
    assert silence(full())[1].startswith("refusing failed: fold ")


def test_bands_and_loads_that_miss_what_they_promise_are_named():
    found = full()
    ours = found.able[-1]
    assert ours.published and ours.last_score
    narrow = Coverage(0.8, 0.7, (0.66, 0.74), (0.7,) * 5, ((0.6, 0.75),) * 5, 10, 10)
    busy = replace(ours.published, per_100=Figure(9.0, 7.0, 11.0))
    poor_one = replace(ours, published=busy, last_score=replace(ours.last_score, coverage=(narrow,)))
    lines = poor(replace(found, judgement=replace(found.judgement, verdicts=(poor_one,))))
    assert "of 100 last scores 70 were in the band that should hold 80" in lines[0]
    assert "9.0 alerts per 100 scored sessions miss the budget of 5" in lines[0]


def test_a_slope_above_one_is_too_cautious():
    found = full()
    v = found.judgement.verdicts[0]
    cautious = replace(v, figures={**v.figures, "slope": Figure(1.5), "intercept": Figure(0.3)})
    found = replace(found, judgement=replace(found.judgement, verdicts=(cautious,)))
    assert poor(found)[0].startswith("change: probabilities too cautious (slope 1.50); too hopeful")


def test_tables_hold_every_method_that_could_be_judged_in_order():
    names = [verdict.name for verdict in full().able]
    assert names == ["change", "poor & <sure>", "always", "quiet", "midcourse"]
    for one in blocks(full())[:-2]:
        assert [row[0] for row in one.rows] == names
        assert all(len(row) == len(one.columns) for row in one.rows)
    assert [row[0] for row in block("Against the plain change").rows] == names[1:]
    assert [row[0] for row in block("midcourse against").rows] == names[:-1]


def test_why_a_cell_is_empty_is_said_once_for_all_methods_that_share_it():
    notes = block("How far off").notes
    assert notes == (
        "- CRPS next; CRPS last; band, next; band, last: this method does not say it "
        "(change; poor & <sure>; always; quiet).",
    )


def test_clear_leads_and_losses_are_marked():
    rows = {row[0]: row for row in block("Against the plain change").rows}
    assert rows["midcourse"][1].endswith("]*")
    assert rows["poor & <sure>"][1].endswith("]!")
    assert (
        block("Against the plain change").notes[0].startswith("* clearly better: the interval leaves out 0.")
    )
    assert not clearly_worse(Difference("auc", "a", "b", Figure(0.1), False))
    assert not Difference("auc", "a", "b", Figure(0.1), False).clear


def test_without_the_plain_change_or_others_nothing_is_compared():
    titles = [one.title for one in blocks(evaluation((change(),)))]
    assert len(titles) == 7
    titles = [one.title for one in blocks(evaluation((constant(), against())))]
    assert not any(title.startswith("Against") for title in titles)


def test_the_page_is_well_formed_keeps_to_itself_and_names_its_table():
    text = page(full())
    tree = parsed(text)
    assert "Can these signals be trusted?" in tree.text
    assert "a<b>.csv" in tree.text
    assert "Not clinically validated" in tree.text
    for said in (result(full()), compared(full()), *asked(full()), *poor(full()), *silence(full())):
        assert said in tree.text
    assert not re.findall(r"https?:|@import|<link|<img|<iframe|<script|src=|url\(", text)
    assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", text)
    (style,) = re.findall("<style>(.*?)</style>", text, flags=re.S)
    assert b64encode(sha256(style.encode()).digest()).decode() in tree.all("meta")[1].attributes["content"]


def test_headings_tables_and_pictures_can_be_read_aloud():
    text = page(full())
    tree = parsed(text)
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", text)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert all(len(table.all("caption")) == 1 for table in tree.all("table"))
    assert all("scope" in head.attributes for head in tree.all("th"))
    ids = re.findall(r'\sid="([^"]*)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'aria-labelledby="([^"]*)"', text)) <= set(ids)


def test_every_table_and_figure_is_on_the_page():
    tree = parsed(page(full()))
    assert len(tree.all("table")) == len(blocks(full())) == 9
    titles = [figure.all("h3")[0].text for figure in tree.all("figure")]
    assert titles == [
        "Do the probabilities come true?", "Who comes first?", "How early?", "How many alerts?",
        "Do bands hold? The next score", "Do bands hold? The last score",
    ]  # fmt: skip
    assert len(tree.all("details")[0].all("h4")) == 4


def test_a_page_about_one_method_shows_what_there_is():
    tree = parsed(page(evaluation((constant(0.5, "alone"),))))
    assert [figure.all("h3")[0].text for figure in tree.all("figure")] == [
        "Do the probabilities come true?", "Who comes first?", "How early?",
    ]  # fmt: skip
    assert tree.all("details") == []
    shown = parsed(page(nobody_changes())).text
    assert "not estimable (0 non-events)" in shown


def test_a_page_without_alert_figures_leaves_those_pictures_out():
    found = full()
    mute = tuple(
        replace(v, published=None, next_score=None, last_score=None) for v in found.judgement.verdicts
    )
    tree = parsed(page(replace(found, judgement=replace(found.judgement, verdicts=mute))))
    assert len(tree.all("figure")) == 2


def test_bars_of_lead_time_add_up_to_everybody():
    shown = parsed(leads(((2, 10), (5, 20), (14, 5), (20, 5)), 50))
    assert [item.all("span")[0].text for item in shown.all("li")][:2] == ["12 or more ahead", "11 ahead"]
    assert sum(int(item.all("b")[0].text) for item in shown.all("li")) == 100
    assert [item.all("span")[0].text for item in parsed(leads((), 3)).all("li")] == ["never alerted"]


def test_coverage_is_drawn_from_fifty_where_it_all_lies_above():
    high = Coverage(0.8, 0.8, (0.78, 0.82), (0.8,) * 5, ((0.7, 0.9),) * 5, 10, 10)
    low = replace(high, intervals=((0.3, 0.9),) * 5)
    assert [text.text for text in parsed(fifths(high)).all("text")] == ["50", "80", "100"]
    assert [text.text for text in parsed(fifths(low)).all("text")] == ["0", "80", "100"]


def test_curves_without_intervals_or_points_are_drawn_as_far_as_they_go():
    v = full().able[0]
    bare = replace(v, curve=tuple(replace(p, observed=Figure(p.observed.value)) for p in v.curve))
    assert parsed(calibration([bare], "a")).all("polyline", class_="reach") == []
    assert parsed(calibration([v], "a")).all("polyline", class_="reach") != []
    assert parsed(roc([replace(v, roc=())], [], "b")).all("polyline", class_="rest") == []


def test_a_plot_is_drawn_of_anything(tmp_path: Path):
    bare = tuple(
        replace(
            v, same_rate=None, curve=tuple(replace(p, observed=Figure(p.observed.value)) for p in v.curve)
        )
        for v in full().judgement.verdicts
    )
    for found in (
        full(),
        replace(full(), judgement=replace(full().judgement, verdicts=bare)),
        evaluation((refusing(),)),
    ):
        write_plot(found, tmp_path / "p.svg")
        assert "a&lt;b&gt;.csv" in (tmp_path / "p.svg").read_text("utf-8")


@pytest.mark.needs("Chromium")
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_sticks_out_sideways(tmp_path: Path, width: int):
    place = tmp_path / "page.html"
    place.write_text(page(full()), "utf-8")
    question = """
      const wide = document.documentElement.clientWidth;
      const out = [...document.querySelectorAll("body *")].filter((e) => !e.closest(".wide, svg")
        && e.getBoundingClientRect().right > wide + 1);
      return { scroll: document.documentElement.scrollWidth, out: out.map((e) => e.outerHTML.slice(0, 90)) };
    """
    assert asked_in_a_browser(place, tmp_path, question, width=width) == {"scroll": width, "out": []}


def test_the_result_without_intervals_is_said_without_them():
    found = full()
    ours = found.able[-1]
    assert ours.published
    bare = replace(ours, published=replace(ours.published, sensitivity=Figure(0.5), ppv=Figure(0.7)))
    found = replace(found, judgement=replace(found.judgement, verdicts=(bare,)))
    assert "midcourse alerts 50, on average" in result(found)
