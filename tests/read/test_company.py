import pytest

from digest.read.company import affiliation
from digest.text import sentences


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Ranking", "It is deployed at Kuaishou.", "Kuaishou"),
        ("Ranking", "Online A/B tests on Douyin show gains.", "ByteDance"),
        ("Ranking", "A dataset from Shopee and online tests confirm it.", "Shopee"),
        ("Search at LinkedIn", "We describe it.", "LinkedIn"),
        ("Netflix Artwork", "It beats the Netflix production model.", "Netflix"),
        ("Ranking", "It runs on the e-commerce platform Lazada.", "Lazada"),
        ("Ranking", "Online deployment at \\kw{Tencent} helped.", "Tencent"),
        ("Ranking", "We serve Spotify's ad platform.", "Spotify"),
        ("Ranking", "Online tests show increases of 0.1% in posts in Douyin.", "ByteDance"),
        ("Ranking", "方法已在快手上线。", "Kuaishou"),
        ("Ranking", "小红书首页推荐的实验。", "Xiaohongshu"),
        ("Ranking", "It was deployed at Zorbax Foods, and helped.", "Zorbax Foods"),
        ("Ranking", "We work with Zorbax, a food delivery company, on it.", "Zorbax"),
        ("Ranking", "Zorbax's production traffic grew.", "Zorbax"),
        ("Ranking", "On a four-domain Meituan industrial dataset it wins.", "Meituan"),
        ("Ranking", "In the Baidu Search AI assistant, a search system, we act.", "Baidu"),
        ("Ranking", "Kuaishou serving millions of searches, quality matters.", "Kuaishou"),
        ("Ranking", "It is deployed on a billion-user short video application Kuaishou and helps.", "Kuaishou"),
        ("Ranking", "Online A/B tests at Daraz show gains in orders.", "Daraz"),
        ("Pricing at Scale", "We validate it through A/B tests at Zalando, a fashion retailer.", "Zalando"),
        ("Ranking", "It beats the Taobao production ranker in online tests.", "Alibaba"),
        ("Ranking", "It increases publications in Douyin by 0.11%.", "ByteDance"),
        ("Ranking", "We tested it online on two video platforms: Kuaishou Lite and Kuaishou.", "Kuaishou"),
        ("Ranking", 'Its online gains on the "Guess You Like" section of Taobao confirm it.', "Alibaba"),
        ("Ranking", "Deployed at JP Morgan Chase, it has cleared a backlog.", "JPMorgan"),
        ("Ranking", "It is deployed on Zorbax's health-and-wellness sites.", "Zorbax"),
        # an ordinary word, or a part of a longer name
        ("Optimization at Scale: A Study", "We do it well.", ""),
        ("Cognition to Control", "Robots learn.", ""),
        ("On the Oracle Complexity of Search", "We bound it.", ""),
        ("Yields in Sierra Leone", "Policy advice for Sierra Leone's strategy in production.", ""),
        ("Meta-Theory of Cooking by Meta-Cooks", "We cook at home.", ""),
        # what is studied, compared with, run on, or where the code lies
        ("Bias in YouTube's Captioning System", "This study examines YouTube's captioning system and its errors.", ""),
        ("Ranking", "Video streaming service Netflix is a popular choice for many.", ""),
        ("Ranking", "It cuts carbon by 50% compared to Huawei's static policy in simulations.", ""),
        ("Ranking", "We use the benchmark released by Kuaishou for online evaluation.", ""),
        ("Ranking", "Deployed on NVIDIA H100 GPUs, it serves ten requests a second.", ""),
        ("Arrays on Apple Silicon", "It runs on Apple Silicon in production.", ""),
        ("Ranking", "Code and the live leaderboard are available at GitHub and on Hugging Face.", ""),
        ("Ranking", "Implemented with Zorbax, a JAX-based operator platform, it solves equations.", ""),
        ("Ranking", "It is deployed in MLP-based models, and helps.", ""),
        ("Ranking", "We illustrate it on A/B tests on Zorbax headlines.", ""),
        ("Ranking", "It gains 8% in mAP on Waymo and 5% accuracy on Midjourney.", ""),
        ("Ranking", "It runs in 34 ms on the Qualcomm Snapdragon 8 in production.", ""),
        # none of their own
        ("Ranking", "Platforms such as Xiaohongshu and TikTok grow.", ""),
        ("Ranking", "Experiments on the Amazon datasets and Yelp confirm it.", ""),
        ("Ranking", "We fine-tune Llama and GPT-4 by OpenAI.", ""),
        ("Ranking", "In memory of Meta-learning.", ""),
        ("Ranking", "It is deployed in South Korea and it helps.", ""),
        ("Ranking", "Nothing.", ""),
    ],
)
def test_who_is_behind_a_work(title: str, text: str, expected: str) -> None:
    found = affiliation(title, sentences(text))
    assert found.name == expected
    assert found.industry == bool(expected)
    assert bool(found.quote) == bool(expected)


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Ranking", "This is on recommendations on Mercari, a major marketplace used by millions.", "Mercari"),
        ("Ranking", "Search matters on the job board StepStone.", "StepStone"),
        ("Ranking", "Customers of the bank HSBC pay daily.", "HSBC"),
        ("OneSearch-V3: A Study", "We describe it.", "Kuaishou"),
        ("Fast Inference for OneRec-V9", "We describe it.", "Kuaishou"),
        # two firms, a data set, a rival
        ("Ranking", "This studies the marketplace Mercari and the job board StepStone.", ""),
        ("Ranking", "We use Netflix data.", ""),
        ("Ranking", "It beats OneSearch.", ""),
    ],
)
def test_the_place_of_a_live_text_is_its_firm(title: str, text: str, expected: str) -> None:
    assert affiliation(title, sentences(text), live=True).name == expected
    assert not affiliation(title, sentences(text)).name


def test_a_firm_that_runs_it_outweighs_the_name_of_a_data_set() -> None:
    found = affiliation("Ranking", sentences("We use Amazon reviews. It has been deployed at Zalando for all users."))
    assert found.name == "Zalando"
