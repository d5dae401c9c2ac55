import json

import scenarios as sc


def test_fit_prints_each_answer_and_what_they_come_to(scenarios, desk):
    """Every question stands in the table; the sentence is the last line."""
    result = scenarios("fit", desk.name)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == sc.fit(sc.load(desk)).verdict
    words = " ".join(result.stdout.replace("│", " ").split())
    assert "baseline" in words
    assert "yes" in words


def test_fit_as_json_is_the_same(scenarios, desk):
    """--json prints the sentence and each answer with its reason and what would change it."""
    told = json.loads(scenarios("fit", desk.name, "--json").stdout)
    found = sc.fit(sc.load(desk))
    assert told["verdict"] == found.verdict
    assert [one["answer"] for one in told["answers"]] == [one.answer for one in found.answers]
    assert set(told["answers"][0]) == {"topic", "question", "answer", "reason", "change"}
