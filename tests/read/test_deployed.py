import pytest

from digest.read.deployed import deployed_sentence
from digest.text import sentences

FRONT = "We look at a problem. It is hard. We propose a way. It works well offline. "


@pytest.mark.parametrize(
    "sentence",
    [
        "FooRank has been fully deployed in the feed since May.",
        "The method is now deployed at Pinterest.",
        "We have deployed it in production.",
        "Deployed on Taobao's homepage, it helps buyers.",
        "It replaced the entire production cascade.",
        "It gains +2% revenue in online deployment.",
        "We launch it for full traffic serving.",
        "It currently serves 400 million users.",
        "The framework's deployment on an ad system raised sales.",
        "This has enabled the successful deployment of Foo in the Taobao ad system.",
        "After deployment, complaints fell.",
        "It was rolled out to all users.",
        "We integrate the summaries into our production pipeline.",
        "This framework has been successfully integrated into the Kuaishou system.",
        "It has been implemented in a real-world online system.",
        "Deployed in an industrial advertising system, Foo helps.",
        "We propose an approach and deploy the solution at scale.",
        "It is used in production.",
        "Foo replaced the entire production cascade in an online test.",
        "We deploy Foo at a children's hospital: it answers from charts.",
        "Foo is deployed to hundreds of thousands of vehicles.",
        "After deployment, returns dropped.",
        "该方法已全量上线。",
        "目前部署于首页推荐。",
    ],
)
def test_running_systems(sentence: str) -> None:
    found = deployed_sentence(sentences(FRONT + sentence))
    assert found is not None
    assert found.text == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Online A/B tests show gains.",
        "Models are widely deployed in e-commerce.",
        "It can be deployed in production.",
        "This hinders their deployment in practice.",
        "It enables LLMs to be efficiently deployed in real systems.",
        "It is suitable for deployment in production.",
        "Before deployment, one must test.",
        "A chip is deployed in a test device.",
        "In a simulation it has been deployed.",
        "We test on an ad platform serving millions of users daily.",
        "A gap exists in the deployment of such methods.",
        "该方法可以部署在手机上。",
        "There are systems deployed in many states.",
        "Tools deployed on digital platforms need to be calibrated.",
        "Any no-regret algorithm deployed in performative settings converges.",
        "Finally, we deploy Foo zero-shot in real-world experiments.",
        "We deploy Foo on a real six-axis robot.",
        "We launch a novel pretraining method that distills models.",
        "To ease it, a dual framework is deployed to address cases with large parts.",
        "Deployed on 6,858 quotes, the three models agreed.",
        "After deployment, retraining is automatically triggered.",
        "It spans benchmarks and real-world deployments of classroom chatbots.",
        "Foo has been integrated into SoupBench as a module.",
        "The model is deployed on an FPGA board of a platform.",
        "It runs through an assistant deployed on smart glasses for users.",
        "We deploy our complete pipeline on a mobile robotic platform.",
        "Multi-core processors have been widely deployed in our services.",
        "When Large Soup Models (LSMs) are deployed in such online settings, they fail.",
        "It offers a path to large-scale deployment to advance health services.",
        "Launched in April 2026, the other tool has many users.",
    ],
)
def test_tested_hoped_for_and_others_systems(sentence: str) -> None:
    assert deployed_sentence(sentences(FRONT + sentence)) is None


def test_the_first_sentences_are_background_unless_they_name_the_system() -> None:
    rest = " It is. They are. We do. You go. He can. She may."
    assert deployed_sentence(sentences("Modern recommenders are deployed in shops." + rest)) is None
    assert deployed_sentence(sentences("Foo, a system fully deployed in Google Discover, filters." + rest)) is not None


BEFORE = "Ranking is hard. Users leave. Models are slow. We present SoupRank. It is simple. "


@pytest.mark.parametrize(
    "sentence",
    [
        "SoupRank is in production at Larder, where it serves all traffic.",
        "The system went live in March and handles 40 million queries a day.",
        "SoupRank has gone live on the Kettle app.",
        "It is used by more than 3 million shoppers every day on Kettle.",
        "The framework has been running online since 2024.",
        "It has been integrated into the search engine of Larder.",
        "SoupRank has been adopted by Larder's advertising platform.",
        "SoupRank was rolled out to 100% of users after a successful test.",
        "The system is currently in operation at three hospitals.",
        "The ranker has replaced the previous model in Larder's feed.",
        "It currently serves hundreds of millions of users.",
        "SoupRank has been put into service at Kettle.",
        "The approach has been fully shipped to all users of Kettle.",
        "We report lessons from running SoupRank in production for two years.",
        "SoupRank powers recommendations for 50 million users at Larder.",
        "It has been launched on the homepage of Kettle and brings 2% more orders.",
        "The solution has been in use at Larder since 2023.",
        "Following the online tests, SoupRank was promoted to the default ranker for all users.",
        "Owing to these gains, the model is now the production baseline at Kettle.",
        "SoupRank has been implemented in the Kettle recommender and serves daily traffic.",
        "The method is live on Larder for all users.",
        "SoupRank has served as the main ranker of Kettle for six months.",
        "SoupRank is available to all users of the Kettle app.",
        "Successfully deployed in Larder's ads system, SoupRank lifts revenue by 1%.",
        "The model has been fully launched in the Kettle short-video app, serving 400 million users.",
        "It has been applied to the online ads platform of Larder, with a 2% lift in revenue.",
        "SoupRank has been operating on Larder's marketplace for a year.",
        "This design has been productionized at Kettle.",
        "Tests confirm it, leading to its deployment on Kettle's largest store since May.",
        "The new channel now contributes half of all clicks in production at Larder.",
        "It has been deployed as an answering agent in online meetings, where it has served more than 1,200 people.",
        "Seven of eight newly deployed models showed a lift over the baseline in A/B tests.",
        "SoupRank has been powering search at a large marketplace.",
        "Following its deployment, orders on the platform rose by 2%.",
        "Deployment on a large-scale advertising platform yields a 1.3% lift in revenue.",
        "The approach runs in production and processes 10 billion items daily.",
        "SoupRank is being used by millions of customers in a shopping assistant.",
        "We report lessons from deploying SoupRank to 40 million users.",
        "Both models have been deployed online and serve real users.",
        "Deployed and refined over three years, SoupRank lifts an online metric by 27%.",
        "SoupRank has been widely deployed on both retrieval and ranking in apps of Larder.",
        "Deployed within Larder Search ecosystems, SoupRank guided models through simulation-driven tests.",
        "We deployed SoupRank in the main scene of Larder, achieving a 1.6% increase in watch-time.",
    ],
)
def test_a_system_serves_in_many_words(sentence: str) -> None:
    assert deployed_sentence(sentences(BEFORE + sentence)) is not None


@pytest.mark.parametrize(
    "sentence",
    [
        "SoupRank can be deployed in production with little effort.",
        "We plan to deploy the system at Larder next year.",
        "LLMs are widely deployed in search engines.",
        "We test SoupRank in an online A/B test with 5% of traffic.",
        "The agent is deployed on a humanoid robot.",
        "Deploying large rankers in production is costly.",
        "The model is deployed in a simulated store.",
        "It is suitable for deployment on the Kettle platform.",
        "We deploy a survey to 300 users of a platform.",
        "The demo is available to all reviewers.",
        "SoupRank is used by the agent to plan.",
        "The encoder serves as the main backbone of our model.",
        "The code has been released and is used by many labs.",
        "Rankers in production serve millions of users and must be fast.",
        "It has been applied to three public datasets.",
        "The dataset has been adopted by the community.",
        "The retriever has replaced the linear layer in our model.",
        "It runs on all nodes of the graph.",
        "Systems deployed on a platform face cold start.",
        "Hence we launch SoupRank, a family of rankers for diverse real-world scenarios.",
        "The lessons from deploying models are many.",
    ],
)
def test_a_wish_a_study_or_a_part_serves_nobody(sentence: str) -> None:
    assert deployed_sentence(sentences(BEFORE + sentence)) is None
