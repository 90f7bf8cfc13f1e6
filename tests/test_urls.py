import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.urls import addresses, arxiv_id, canonical, keys_of

PAPER = "https://arxiv.org/abs/2606.14269"
REPO = "https://github.com/owner/repo"
POST = "https://x.com/someone/status/2066309743619244174"


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("http://www.Example.org:80/a/?utm_source=x&b=2&a=1#top", "https://example.org/a?a=1&b=2"),
        ("https://example.org", "https://example.org"),
        ("https://example.org/", "https://example.org"),
        ("https://example.org./a/../b//c/./d/", "https://example.org/b/c/d"),
        ("HTTPS://EXAMPLE.ORG/CaseMatters", "https://example.org/CaseMatters"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("http://example.org:443/a", "https://example.org/a"),
        ("https://user:pw@example.org/a", "https://example.org/a"),
        ("https://example.org/%7euser/%e4%bd%a0", "https://example.org/~user/%E4%BD%A0"),
        ("https://example.org/你", "https://example.org/%E4%BD%A0"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://example.org/a?ref=hn&id=3", "https://example.org/a?id=3"),
        ("https://example.org/?ref=3", "https://example.org?ref=3"),
        ("https://example.org/a?fbclid=1&gclid=2&mc_cid=3", "https://example.org/a"),
        ("  https://example.org/a\n", "https://example.org/a"),
        ("https://amp.example.org/a", "https://example.org/a"),
        ("https://www.com/a", "https://www.com/a"),
        ("http://[2606:2800::1]:8080/a", "https://[2606:2800::1]:8080/a"),
        ("mailto:me@example.org", "mailto:me@example.org"),
        ("not a url", "notaurl"),
        ("https://[bad", "https://[bad"),
        ("", ""),
    ],
)
def test_canonical(url: str, wanted: str) -> None:
    assert canonical(url) == wanted


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("http://arxiv.org/abs/2606.14269v2", PAPER),
        ("https://arxiv.org/pdf/2606.14269.pdf", PAPER),
        ("https://www.arxiv.org/pdf/2606.14269v1", PAPER),
        ("https://export.arxiv.org/html/2606.14269v3/", PAPER),
        ("https://ar5iv.labs.arxiv.org/html/2606.14269", PAPER),
        ("https://huggingface.co/papers/2606.14269?x=1", PAPER),
        ("https://www.alphaxiv.org/abs/2606.14269", PAPER),
        ("https://www.alphaxiv.org/overview/2606.14269v1", PAPER),
        ("https://doi.org/10.48550/arXiv.2606.14269", PAPER),
        ("https://arxiv.org/abs/quant-ph/0201082v1", "https://arxiv.org/abs/quant-ph/0201082"),
        ("https://arxiv.org/abs/math.GT/0309136", "https://arxiv.org/abs/math.GT/0309136"),
        ("https://arxiv.org/list/cs.IR/recent", "https://arxiv.org/list/cs.IR/recent"),
        ("https://dx.doi.org/10.1145/ABC.1", "https://doi.org/10.1145/abc.1"),
        ("https://doi.org/10.48550/arXiv.odd", "https://doi.org/10.48550/arxiv.odd"),
        ("https://github.com/Owner/Repo.git", REPO),
        ("http://www.github.com/owner/repo/tree/main/", REPO),
        ("https://github.com/owner/repo/issues/3", "https://github.com/owner/repo/issues/3"),
        ("https://github.com/topics/llm", "https://github.com/topics/llm"),
        ("https://youtu.be/lfhFmwcESRw?t=3&si=x", "https://youtube.com/watch?v=lfhFmwcESRw"),
        ("https://m.youtube.com/watch?v=lfhFmwcESRw&list=P", "https://youtube.com/watch?v=lfhFmwcESRw"),
        ("https://www.youtube.com/shorts/lfhFmwcESRw", "https://youtube.com/watch?v=lfhFmwcESRw"),
        ("https://www.youtube.com/playlist?list=PL1", "https://youtube.com/playlist?list=PL1"),
        ("https://twitter.com/Someone/status/2066309743619244174?s=20", POST),
        ("https://nitter.net/someone/status/2066309743619244174#m", POST),
        ("https://mobile.twitter.com/someone/status/2066309743619244174/photo/1", POST),
        ("https://x.com/i/web/status/2066309743619244174", "https://x.com/i/status/2066309743619244174"),
        ("https://x.com/someone", "https://x.com/someone"),
        ("https://mp.weixin.qq.com/s/AbC_d?scene=1", "https://mp.weixin.qq.com/s/AbC_d"),
        (
            "http://mp.weixin.qq.com/s?sn=4&idx=3&mid=2&__biz=MzA%3D%3D&chksm=5&scene=27#rd",
            "https://mp.weixin.qq.com/s?__biz=MzA%3D%3D&mid=2&idx=3&sn=4",
        ),
        ("https://mp.weixin.qq.com/s?scene=27", "https://mp.weixin.qq.com/s?scene=27"),
    ],
)
def test_hosts_with_rules_of_their_own(url: str, wanted: str) -> None:
    assert canonical(url) == wanted
    assert canonical(wanted) == wanted


@pytest.mark.parametrize(
    ("url", "keys"),
    [
        ("https://arxiv.org/pdf/2606.14269v2", ("arxiv:2606.14269",)),
        ("https://huggingface.co/papers/2606.14269", ("arxiv:2606.14269",)),
        ("https://github.com/Owner/Repo", ("github:owner/repo",)),
        ("https://github.com/owner/repo/releases", ("url:https://github.com/owner/repo/releases",)),
        ("https://gist.github.com/owner/abc", ("url:https://gist.github.com/owner/abc",)),
        ("https://github.com/features/copilot", ("url:https://github.com/features/copilot",)),
        ("https://twitter.com/a/status/12", ("x:12",)),
        ("https://doi.org/10.1145/3", ("doi:10.1145/3",)),
        ("https://example.org/a?utm_medium=x", ("url:https://example.org/a",)),
        ("mailto:me@example.org", ()),
        ("", ()),
    ],
)
def test_keys(url: str, keys: tuple[str, ...]) -> None:
    assert keys_of(url) == keys


def test_arxiv_id() -> None:
    assert arxiv_id("http://arxiv.org/abs/2606.14269v1") == "2606.14269"
    assert arxiv_id("https://example.org/2606.14269") is None


HOSTS = (
    "arxiv.org",
    "github.com",
    "www.www.x.com",
    "youtu.be",
    "youtube.com",
    "mp.weixin.qq.com",
    "doi.org",
    "nitter.a",
)
URLS = st.builds(
    "{}://{}{}/{}?{}#{}".format,
    st.sampled_from(("http", "https", "HTTP", "ftp")),
    st.one_of(st.sampled_from(HOSTS), st.text(max_size=12)),
    st.sampled_from(("", ":80", ":443", ":8080", ":x")),
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(("a/b.git.git", "abs/2606.14269v1.pdf", "s", "watch", "u/status/1", "10.48550/arXiv.2", "%2e")),
    ),
    st.one_of(st.text(max_size=30), st.sampled_from(("v=abcdefgh", "__biz=a&mid=b", "b=1&a=2&a=1", "utm_x=1&q=%E4"))),
    st.text(max_size=5),
)  # fmt: skip


@settings(max_examples=400, deadline=None, database=None, derandomize=True)
@given(st.one_of(URLS, st.text(max_size=60)))
def test_canonical_is_idempotent_and_never_raises(url: str) -> None:
    once = canonical(url)
    assert canonical(once) == once
    assert keys_of(once) == keys_of(url)


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(st.lists(st.tuples(st.text("abc", min_size=1, max_size=3), st.text(max_size=5)), max_size=5), st.randoms())
def test_the_order_of_parameters_does_not_matter(pairs: list[tuple[str, str]], random: object) -> None:
    from urllib.parse import urlencode  # noqa: PLC0415  needed here alone

    other = sorted(pairs, reverse=True)
    assert canonical("https://e.org/a?" + urlencode(pairs)) == canonical("https://e.org/a?" + urlencode(other))


def test_addresses_in_prose_end_where_the_sentence_goes_on() -> None:
    text = "See https://e.org/a?b=1, [here](/x) or www.e.org. 见docs.shelf.ai。v2.0 e.g. Node.js, a@b.com 0.5.x"
    found = [text[start:end] for start, end in addresses(text)]
    assert found == ["https://e.org/a?b=1", "[here](/x)", "www.e.org", "docs.shelf.ai"]
