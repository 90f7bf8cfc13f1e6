"""A shared word tells the more, the fewer sentences hold it."""

from digest.verify.alike.words import weigh, weight
from digest.verify.sentences.reading import read

POND = read("Frogs sing. Frogs jump. Frogs sleep. Frogs eat herons in KettleNet.")


def test_a_word_of_four_sentences_tells_half_of_what_a_word_of_one_does() -> None:
    assert weight("w:frog", POND) == weight("w:heron", POND) / 2


def test_a_name_tells_more_than_a_word_and_several_tell_their_sum() -> None:
    name, word = weight("n:kettlenet", POND), weight("w:heron", POND)
    assert name > word
    assert weigh(["n:kettlenet", "w:heron"], POND) == name + word
