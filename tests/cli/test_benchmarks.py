import pytest

import scenarios as sc


def test_without_a_topic_all_are_listed(scenarios):
    """Each topic stands with the number of its figures."""
    result = scenarios("benchmarks")
    counts = sc.benchmarks()["topic"].value_counts()
    assert result.exit_code == 0
    for topic, count in counts.items():
        line = next(line for line in result.stdout.splitlines() if f" {topic} " in line)
        assert f" {count} " in line


def test_a_topic_shows_every_figure(scenarios):
    """The keys of a topic are printed whole, to be given again."""
    result = scenarios("benchmarks", "hourly_rates")
    assert all(f" {key} " in result.stdout for key in sc.benchmarks("hourly_rates")["key"])


def test_one_figure_shows_its_source(scenarios):
    """A figure alone is shown with all that is known of it."""
    shown = scenarios("benchmarks", "hourly_rates", "--key", "offshore_support").stdout
    assert "source" in shown
    assert "USD per hour" in shown


def test_a_value_is_placed_in_words(scenarios):
    """A number of one's own is told to stand in a third of the range."""
    result = scenarios("benchmarks", "hourly_rates", "--key", "offshore_support", "--value", "22")
    assert result.stdout.startswith("22.00 in 15-25: upper third")


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        (("hourly_rate",), "did you mean 'hourly_rates'?"),
        (("hourly_rates", "--key", "offshore_suport"), "did you mean 'offshore_support'?"),
        (("hourly_rates", "--key", "no", "--value", "1"), "unknown figure of hourly_rates"),
        (("--value", "1"), "give a topic and --key as well"),
        (("hourly_rates", "--value", "1"), "give a topic and --key as well"),
        (("--key", "offshore_support"), "give its topic as well"),
    ],
)
def test_what_is_missing_or_misspelt_is_told(scenarios, words, fragment):
    """A name that is not known and an option that needs another say so, with exit code 2."""
    result = scenarios("benchmarks", *words)
    assert result.exit_code == 2
    assert fragment in result.stderr
