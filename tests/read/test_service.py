import pytest

from digest.read.service import Service, service


@pytest.mark.parametrize(
    ("quote", "where", "since"),
    [
        ("It has been deployed at Pinterest since May 2026.", "Pinterest", "since May 2026"),
        ("It has been deployed in the Foo system for 9 months, with gains.", "the Foo system", "for 9 months"),
        ("We deployed the model on Foo's food delivery platform, with gains.", "Foo's food delivery platform", ""),
        ("This enabled the deployment of Bar in the Foo ad system.", "the Foo ad system", ""),
        ("Foo is deployed on our main feed and serves all users.", "our main feed", ""),
        ("It was rolled out to all users.", "all users", ""),
        ("The model has been launched in production and has served customers since 2025.", "", "since 2025"),
        ("It runs for over two years.", "", "for over two years"),
        ("该方法自2025年3月起部署于首页推荐。", "首页推荐", "自2025年3月起"),
        ("该方法已在快手首页全量上线。", "快手首页", ""),
        ("We replaced the cascade.", "", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_place_and_time_are_the_sentence_s_own_words(quote: str, where: str, since: str) -> None:
    assert service(quote) == Service(where, since)
