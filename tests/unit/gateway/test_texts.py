"""Estimates of what requests take."""

from app.gateway import texts


class TestInputTokens:
    def test_counts_words_wherever_they_are(self) -> None:
        plain = texts.input_tokens({"messages": [{"role": "user", "content": "one two three four"}]})
        more = texts.input_tokens(
            {"messages": [{"role": "user", "content": "one two three four"}], "tools": [{"name": "lookup"}]}
        )
        assert 5 < plain < more < 40

    def test_counts_an_image_as_one_attachment(self) -> None:
        image = "data:image/png;base64," + "QUJD" * 100_000
        found = texts.input_tokens({"messages": [{"content": [{"image_url": {"url": image}}]}]})
        assert 1_600 <= found < 1_700

    def test_is_not_led_astray_by_depth(self) -> None:
        document: object = "word"
        for _ in range(50_000):
            document = [document]
        assert texts.input_tokens({"messages": document}) > 0
