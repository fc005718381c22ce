"""Ids: UUIDv7 inside, TypeIDs outside."""

import itertools
import threading
import time
from types import SimpleNamespace
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import ids
from app.core.errors import InvalidInput

# https://github.com/jetify-com/typeid/blob/main/spec/valid.yml
PUBLISHED = [
    ("prefix", "prefix_00000000000000000000000000", UUID("00000000-0000-0000-0000-000000000000")),
    ("prefix", "prefix_0123456789abcdefghjkmnpqrs", UUID("0110c853-1d09-52d8-d73e-1194e95b5f19")),
    ("prefix", "prefix_01h455vb4pex5vsknk084sn02q", UUID("01890a5d-ac96-774b-bcce-b302099a8057")),
    ("pre_fix", "pre_fix_7zzzzzzzzzzzzzzzzzzzzzzzzz", UUID("ffffffff-ffff-ffff-ffff-ffffffffffff")),
]

# As the specification's invalid.yml, with the prefix "prefix" asked for.
MALFORMED = [
    "",
    "prefix",
    "prefix_",
    "_01h455vb4pex5vsknk084sn02q",
    "01h455vb4pex5vsknk084sn02q",
    "PREFIX_01h455vb4pex5vsknk084sn02q",
    "prefix_01H455VB4PEX5VSKNK084SN02Q",
    "prefix_01h455vb4pex5vsknk084sn02",
    "prefix_01h455vb4pex5vsknk084sn02qq",
    "prefix_8zzzzzzzzzzzzzzzzzzzzzzzzz",
    "prefix_01h455vb4pex5vsknk084sn02u",
    "prefix_01h455vb4pex5vsknk084sn0lq",
    "prefix_ 1h455vb4pex5vsknk084sn02q",
    "prefix-01h455vb4pex5vsknk084sn02q",
    "prefix_prefix_01h455vb4pex5vsknk084sn02q",
    "prefix_01890a5d-ac96-774b-bcce-b302099a8057",
    "prefix_01h455vb4pex5vsknk084sn02\N{DIGIT TWO}\N{COMBINING ACUTE ACCENT}",
    "prefix_٠1h455vb4pex5vsknk084sn02q",
]


class TestUuid7:
    def test_carries_version_and_variant(self) -> None:
        made = [ids.uuid7() for _ in range(1_000)]

        assert {value.version for value in made} == {7}
        assert {value.variant for value in made} == {RFC_4122}

    def test_begins_with_the_milliseconds_of_now(self) -> None:
        before = time.time_ns() // 1_000_000
        value = ids.uuid7()
        after = time.time_ns() // 1_000_000

        # Thousands made in one tick may run a little ahead of the clock.
        assert before <= value.int >> 80 <= after + 5

    def test_grows_strictly(self) -> None:
        made = [ids.uuid7() for _ in range(20_000)]

        assert all(earlier < later for earlier, later in itertools.pairwise(made))

    def test_grows_strictly_while_the_clock_stands_still_or_goes_back(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        start = time.time_ns()
        readings = iter([start, start, start - 10**9, start - 10**9, start + 1])
        monkeypatch.setattr(ids, "time", SimpleNamespace(time_ns=lambda: next(readings)))

        made = [ids.uuid7() for _ in range(5)]

        assert made == sorted(set(made))

    def test_is_unique_and_ordered_per_thread_among_many_threads(self) -> None:
        made: list[list[UUID]] = [[] for _ in range(8)]

        def fill(mine: list[UUID]) -> None:
            mine.extend(ids.uuid7() for _ in range(1_000))

        threads = [threading.Thread(target=fill, args=(mine,)) for mine in made]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len({value.int >> 64 for mine in made for value in mine}) == 8_000
        assert all(mine == sorted(mine) for mine in made)


class TestUuid7Texts:
    def test_are_of_the_same_kind(self) -> None:
        made = [UUID(text) for text in ids.uuid7_texts(1_000)]

        assert {value.version for value in made} == {7}
        assert {value.variant for value in made} == {RFC_4122}
        assert {text[16] for text in ids.uuid7_texts(1_000)} == set("89ab")

    def test_grow_strictly_with_those_made_before_and_after(self) -> None:
        made = [ids.uuid7(), *map(UUID, ids.uuid7_texts(2_000)), ids.uuid7(), *map(UUID, ids.uuid7_texts(3))]

        assert all(earlier < later for earlier, later in itertools.pairwise(made))

    def test_begin_with_the_milliseconds_of_now(self) -> None:
        before = time.time_ns() // 1_000_000
        [text] = ids.uuid7_texts(1)

        assert before <= UUID(text).int >> 80 <= time.time_ns() // 1_000_000 + 5


class TestEncode:
    @pytest.mark.parametrize(("prefix", "text", "value"), PUBLISHED)
    def test_gives_the_published_texts(self, prefix: str, text: str, value: UUID) -> None:
        assert ids.encode(prefix, value) == text
        assert ids.decode(prefix, text) == value

    @given(st.uuids(), st.sampled_from(["org", "user", "key", "job", "a_b"]))
    def test_comes_back_from_decode(self, value: UUID, prefix: str) -> None:
        assert ids.decode(prefix, ids.encode(prefix, value)) == value

    @given(st.uuids(), st.uuids())
    def test_sorts_as_the_ids_do(self, left: UUID, right: UUID) -> None:
        assert (ids.encode("job", left) < ids.encode("job", right)) == (left < right)


class TestFind:
    @pytest.mark.parametrize("text", MALFORMED)
    def test_finds_nothing_in_a_malformed_id(self, text: str) -> None:
        assert ids.find("prefix", text) is None

    @given(st.uuids())
    def test_finds_nothing_in_an_id_of_another_type(self, value: UUID) -> None:
        assert ids.find("job", ids.encode("org", value)) is None

    @given(st.text(max_size=40))
    def test_never_raises(self, text: str) -> None:
        found = ids.find("job", text)

        assert found is None or ids.encode("job", found) == text

    @given(st.text(alphabet="0123456789abcdefghjkmnpqrstvwxyz", min_size=26, max_size=26))
    def test_accepts_one_text_per_id(self, suffix: str) -> None:
        found = ids.find("job", f"job_{suffix}")

        assert (found is None) == (suffix[0] > "7")
        assert found is None or ids.encode("job", found) == f"job_{suffix}"


class TestDecode:
    @pytest.mark.parametrize("text", MALFORMED)
    def test_refuses_a_malformed_id_and_names_the_field(self, text: str) -> None:
        with pytest.raises(InvalidInput) as raised:
            ids.decode("prefix", text, field="input.jobId")

        assert [(error.field, error.code) for error in raised.value.field_errors] == [
            ("input.jobId", "invalid_id")
        ]

    def test_refuses_an_id_of_another_type(self) -> None:
        with pytest.raises(InvalidInput, match="job_"):
            ids.decode("job", ids.encode("org", ids.uuid7()))
