import pytest

from digest.cluster.sounds import of_chinese, of_latin


@pytest.mark.parametrize(
    ("chinese", "latin"),
    [
        ("桑德斯", "sanders"),
        ("扎克伯格", "zuckerberg"),
        ("斯里尼瓦斯", "srinivas"),
        ("布罗克曼", "brockman"),
        ("穆拉蒂", "murati"),
    ],
)
def test_a_name_sounds_alike_in_both_scripts(chinese: str, latin: str) -> None:
    assert of_chinese(f"据{chinese}说") == [of_latin(latin)]


def test_short_names_and_plain_words_have_no_sound() -> None:
    assert of_chinese("机器人公司发布") == []
    assert of_chinese("阿莫伊") == []
    assert of_latin("amodei") == ""
    assert of_latin("") == ""
