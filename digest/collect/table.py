"""Which collector reads which kind of source."""

from collections.abc import Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points

from digest.collect import arxiv, feeds, github, papers, podcasts, tweets
from digest.collect.model import Collector
from digest.config import PLUGINS

SLOW = frozenset({"arxiv"})  # kinds that pause between requests

_OWN: Mapping[str, Collector] = {
    "arxiv": arxiv.collect,
    "feed": feeds.collect,
    "podcast": podcasts.collect,
    "github-trending": github.collect,
    "x": tweets.collect,
    "hf-papers": papers.collect,
}


class Table(Mapping[str, Collector]):
    """Our own kinds and those of installed plug-ins, which are loaded when first asked for and can't replace ours."""

    def __init__(self, own: Mapping[str, Collector], plugins: Mapping[str, EntryPoint]) -> None:
        self._own = own
        self._plugins = {name: point for name, point in sorted(plugins.items()) if name not in own}

    def __getitem__(self, kind: str) -> Collector:
        if kind in self._own:
            return self._own[kind]
        found: Collector = self._plugins[kind].load()
        return found

    def __iter__(self) -> Iterator[str]:
        yield from self._own
        yield from self._plugins

    def __len__(self) -> int:
        return len(self._own) + len(self._plugins)


COLLECTORS: Mapping[str, Collector] = Table(_OWN, {point.name: point for point in entry_points(group=PLUGINS)})
