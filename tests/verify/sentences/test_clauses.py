"""A sentence falls into clauses, and each counts the denials that reach its opposites."""

from digest.verify.sentences.clauses import asks, clauses
from digest.verify.sentences.reading import read


def stances(text: str) -> list[tuple[str, int, bool]]:
    return [(s.pair, s.sign, s.denied) for part in read(text).sentences for c in clauses(part) for s in c.stances]


def test_a_comma_parts_a_sentence_but_not_a_number() -> None:
    (part,) = read("The pond held 1,200 frogs, but the heron left.").sentences
    texts = [part.text[c.start : c.end] for c in clauses(part)]
    assert texts == ["The pond held 1,200 frogs", ", but the heron left."]


def test_a_denial_turns_the_side_of_what_it_reaches_alone() -> None:
    assert ("public", -1, True) in stances("The weights are not open.")
    assert ("public", 1, False) in stances("It is not a toy, and the weights are open.")


def test_a_denial_reaches_each_part_of_its_list_and_a_word_before_free() -> None:
    assert ("support", -1, True) in stances("It has no loan, gift, or support from above.")
    assert ("agree", 1, True) in stances("The merge was conflict-free.")


def test_a_question_affirms_nothing() -> None:
    (part,) = read("Are the weights open?").sentences
    assert asks(part)


def test_a_denial_reaches_no_condition_but_the_verb_of_its_object() -> None:
    assert ("need", -1, True) in stances("The kiln needs no permit when a potter joins.")
    assert ("grow", 1, False) in stances("The kiln needs no permit when a potter joins.")


def test_less_turns_the_word_after_it_round_and_two_denials_cancel() -> None:
    assert ("suffer", -1, True) in stances("Glazed pots are less susceptible to frost.")
    assert ("need", 1, False) in stances("The kiln cannot fire without a permit.")
    assert ("need", 1, False) in stances("没有许可，窑炉就无法点火。")


def test_a_bare_chinese_denial_reaches_its_noun_alone() -> None:
    assert ("direction", 1, False) in stances("借助无标注的旧照片提升效率。")


def test_a_word_before_a_rise_or_fall_only_names_what_rises() -> None:
    assert [sign for pair, sign, _ in stances("Glaze losses rise.") if pair == "direction"] == [1]


def test_a_list_goes_on_without_each_of_its_parts() -> None:
    parts = [c for part in read("It is fired without glaze, extra wax, or salt.").sentences for c in clauses(part)]
    assert [[s.sign for s in c.stances if s.pair == "need"] for c in parts if c.stances] == [[-1], [-1]]


def test_what_a_thing_does_not_grow_with_is_not_denied() -> None:
    assert ("direction", 1, False) in stances("内存占用不随序列变长而增加。")
    assert ("direction", -1, True) in stances("内存占用不随序列变长而增加。")
    assert ("direction", 1, False) in stances("Memory does not rise with longer inputs.")


def test_a_denial_ends_where_another_verb_goes_on() -> None:
    assert ("win", 1, False) in stances("KettleNet needs no labels and outperforms every kettle.")
    assert ("stable", -1, True) in stances("Kettles are no more robust than pans without lids.")
