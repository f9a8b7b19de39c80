"""Days and months that a question names."""

from __future__ import annotations

import pytest

from retrieval.days import named_days, published_then


@pytest.mark.parametrize(
    ("question", "published", "then"),
    [
        ("What did the article of October 7, 2023 say?", "2023-10-07T10:00:00Z", True),
        ("What did the article of October 7, 2023 say?", "2023-10-17", False),
        ("What happened on 7 Oct. 2023?", "2023-10-07", True),
        ("What was printed on Feb. 8?", "2022-02-08", True),
        ("What was printed on the 8th of February?", "2021-02-08", True),
        ("What was printed in February 2022?", "2022-02-28", True),
        ("What was printed in February 2022?", "2022-03-01", False),
        ("What was printed on 2022-02-08?", "2022-02-08", True),
        ("What was printed in 2022-02?", "2022-02-08", True),
        ("Between October 7 and October 9, 2023?", "2023-10-09", True),
        ("What may the mayor do?", "2022-05-01", False),
        ("What was printed on Feb. 8?", None, False),
    ],
)
def test_an_article_was_published_on_a_named_day(question: str, published: str | None, then: bool) -> None:
    assert published_then(published, named_days(question)) is then
