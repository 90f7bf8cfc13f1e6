from digest.cluster.groups import Groups


def test_sets_join_and_list_in_order_of_their_first_members() -> None:
    groups = Groups([frozenset()] * 5)
    assert groups.join(3, 1)
    assert not groups.join(1, 3)
    assert groups.join(4, 3)
    assert groups.members() == [[0], [1, 3, 4], [2]]


def test_contradicting_identities_refuse_also_through_a_third() -> None:
    groups = Groups([frozenset({"arxiv:1"}), frozenset(), frozenset({"arxiv:2"}), frozenset({"github:a/b"})])
    assert groups.join(0, 1)
    assert not groups.join(1, 2)
    assert groups.join(1, 3)
    assert groups.members() == [[0, 1, 3], [2]]
