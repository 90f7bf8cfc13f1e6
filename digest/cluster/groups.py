"""Sets that grow together, except where their members' identities contradict each other."""

from collections.abc import Sequence


class Groups:
    """A union-find over 0..n-1 that refuses to join two sets of different identities of one kind.

    `identities[n]` are the strong keys of member n ("arxiv:...", "github:..."); two sets that each have a key of one
    prefix, but none in common, stay apart.
    """

    def __init__(self, identities: Sequence[frozenset[str]]) -> None:
        self._parent = list(range(len(identities)))
        self._keys = [set(keys) for keys in identities]

    def find(self, member: int) -> int:
        """Return the representative of a member's set, its smallest member."""
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def join(self, left: int, right: int) -> bool:
        """Join the sets of two members; False where they are one already or contradict each other."""
        a, b = sorted((self.find(left), self.find(right)))
        if a == b or _contradict(self._keys[a], self._keys[b]):
            return False
        self._parent[b] = a
        self._keys[a] |= self._keys[b]
        return True

    def members(self) -> list[list[int]]:
        """List the sets, each ascending, ordered by their first members."""
        sets: dict[int, list[int]] = {}
        for member in range(len(self._parent)):
            sets.setdefault(self.find(member), []).append(member)
        return list(sets.values())


def _contradict(left: set[str], right: set[str]) -> bool:
    if not left or not right or left & right:
        return False
    return bool({key.partition(":")[0] for key in left} & {key.partition(":")[0] for key in right})
