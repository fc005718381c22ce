"""Estimates of what requests take."""

import pytest

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

    @pytest.mark.parametrize(
        "part",
        [
            {"type": "image_url", "image_url": {"url": "https://a.example/x.png"}},
            {"type": "input_image", "image_url": "https://a.example/x.png"},
            {"type": "image", "source": {"type": "url", "url": "http://a.example/x.png"}},
            {"type": "document", "source": {"type": "file", "file_id": "file_1"}},
            {"fileData": {"fileUri": "https://a.example/x.png"}},
        ],
    )
    def test_counts_what_the_provider_fetches(self, part: dict[str, object]) -> None:
        found = texts.input_tokens({"messages": [{"content": [part] * 10}]})
        assert 16_000 <= found < 17_000

    def test_counts_a_document_by_its_length(self) -> None:
        source = {"type": "base64", "media_type": "application/pdf", "data": "QUJD" * 100_000}
        found = texts.input_tokens({"messages": [{"content": [{"type": "document", "source": source}]}]})
        assert 10_000 <= found < 10_100

    def test_takes_no_long_word_for_an_attachment(self) -> None:
        plain = texts.input_tokens({"messages": [{"role": "user", "content": "a" * 100_000}]})
        source = {"type": "text", "media_type": "text/plain", "data": "a" * 100_000}
        assert texts.input_tokens({"messages": [{"content": [{"source": source}]}]}) >= 25_000
        assert plain >= 25_000

    def test_is_not_led_astray_by_depth(self) -> None:
        document: object = "word"
        for _ in range(50_000):
            document = [document]
        assert texts.input_tokens({"messages": document}) > 0


class TestSized:
    LINK = "https://a.example/x.png"

    @pytest.mark.parametrize(
        ("part", "pictures"),
        [
            ({"type": "image_url", "image_url": {"url": LINK}}, 1),
            ({"type": "image_url", "image_url": {"url": "data:image/png;base64," + "QUJD" * 1_000}}, 1),
            ({"type": "image_url", "image_url": {"url": LINK, "detail": "low"}}, 0),
            ({"type": "input_image", "image_url": LINK}, 1),
            ({"type": "input_image", "file_id": "file_1"}, 1),
            ({"type": "input_file", "file_id": "file_1"}, 0),
            ({"type": "image", "source": {"type": "url", "url": LINK}}, 1),
            ({"inlineData": {"mimeType": "image/png", "data": "QUJD" * 1_000}}, 1),
            ({"fileData": {"mimeType": "application/pdf", "fileUri": LINK}}, 0),
            ({"type": "url_citation", "url": LINK, "title": "x"}, 0),
            ({"type": "url_citation", "url_citation": {"url": LINK, "title": "x", "start_index": 1}}, 0),
        ],
    )
    def test_counts_what_is_seen_in_detail(self, part: dict[str, object], pictures: int) -> None:
        assert texts.sized({"messages": [{"content": [part, part]}]}).pictures == 2 * pictures
