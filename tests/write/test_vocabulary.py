"""The field's terms in the language of an edition."""

from digest.write.vocabulary import terms_in, word


def test_a_term_of_the_field_is_said_in_the_editions_language() -> None:
    (term,) = terms_in("Sequential recommendation with spoons")
    assert (word(term, "en"), word(term, "zh")) == (term.english, term.chinese)
    assert (term.english.lower(), term.chinese) == ("sequential recommendation", "序列推荐")
