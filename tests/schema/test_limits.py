"""What a document may ask for, and what checking it costs."""

import time
from collections.abc import Iterator
from typing import Any

import graphql
import pytest
from graphql import validation

from schema.core import limits, preparation
from tests.factories.orgs import Tenant
from tests.schema.conftest import Asker


class TestLimits:
    async def test_let_graphiqls_introspection_pass(self, nobody: Asker) -> None:
        data = await nobody.ask(graphql.get_introspection_query())
        assert data["__schema"]["queryType"]["name"] == "Query"

    async def test_refuse_many_aliases(self, owner: Asker) -> None:
        few = "{ " + " ".join(f"a{n}: me {{ email }}" for n in range(limits.MAX_ALIASES)) + " }"
        many = "{ " + " ".join(f"a{n}: me {{ email }}" for n in range(limits.MAX_ALIASES + 1)) + " }"
        assert await owner.ask(few)
        error = await owner.refusal(many)
        assert error["extensions"]["code"] == "bad_request"
        assert "alias" in error["message"].lower()

    async def test_count_the_aliases_of_a_fragment_wherever_it_is_used(self, owner: Asker) -> None:
        spread = "...f " * (limits.MAX_ALIASES + 1)
        error = await owner.refusal("{ me { " + spread + "} } fragment f on User { renamed: email }")
        assert "alias" in error["message"]

    async def test_refuse_a_document_of_too_many_tokens(self, owner: Asker) -> None:
        operations = [f"query q{n} {{ me {{ email }} }}" for n in range(limits.MAX_TOKENS // 8 + 1)]
        error = await owner.refusal(" ".join(operations))
        assert error["extensions"]["code"] == "bad_request"
        assert "token" in error["message"].lower()

    async def test_refuse_what_is_too_deep(self, owner: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
        """No field of ours leads deep enough yet, so the rule itself is asked."""
        schema = graphql.build_schema("type Query { a: A } type A { a: A, b: Int }")
        for depth, is_refused in ((limits.MAX_DEPTH, False), (limits.MAX_DEPTH + 2, True)):
            document = "{ " + "a { " * depth + "b" + " }" * depth + " }"
            found = validation.validate(schema, graphql.parse(document), limits.RULES)
            assert bool(found) is is_refused, depth

    async def test_hold_for_fragments_that_multiply(self, owner: Asker) -> None:
        """Each names the next one twice: a few lines, and a walk through all of it would take minutes."""
        spreads = [f"fragment f{n} on User {{ ...f{n + 1} ...f{n + 1} }}" for n in range(22)]
        plain = " ".join(spreads) + " fragment f22 on User { email }"
        renamed = " ".join(spreads) + " fragment f22 on User { renamed: email }"
        started = time.process_time()
        assert await owner.ask("{ me { ...f0 } } " + plain)
        error = await owner.refusal("{ me { ...f0 } } " + renamed)
        assert f"{2**22} aliases" in error["message"]
        assert time.process_time() - started < 5

    async def test_hold_for_a_long_chain_of_fragments(self, owner: Asker) -> None:
        spreads = [f"fragment f{n} on User {{ ...f{n + 1} }}" for n in range(200)]
        chain = " ".join(spreads) + " fragment f200 on User { email }"
        result = await owner.send("{ me { ...f0 } } " + chain)
        assert result.get("data") or result["errors"][0]["extensions"]["code"] == "bad_request"

    @pytest.mark.parametrize("selection", ["me { id }", "x { x { x } }", "... { me { id } }"])
    async def test_refuse_what_takes_long_to_compare(self, nobody: Asker, selection: str) -> None:
        """Each field with each other of its name: in the time of hundreds of other requests, and of nobody's."""
        document = "{ " + f"{selection} " * 220 + "}"
        started = time.process_time()
        error = await nobody.refusal(document)
        assert time.process_time() - started < 1
        assert error["message"] == "Too many fields or fragments: ask for less, and for each thing once."

    async def test_refuse_a_fragment_that_is_not_there(self, owner: Asker) -> None:
        error = await owner.refusal("{ me { ...nothing } }")
        assert error["extensions"]["code"] == "bad_request"
        assert "nothing" in error["message"]

    async def test_refuse_introspection_that_turns_in_circles(self, nobody: Asker) -> None:
        inner = "name"
        for _ in range(4):
            inner = f"fields {{ type {{ {inner} }} }}"
        error = (await nobody.send("{ __schema { types { " + inner + " } } }"))["errors"][0]
        assert error["extensions"]["code"] == "bad_request"

    @pytest.mark.parametrize(
        "document",
        ["{ " + "a { " * 400 + "b" + " }" * 401, "{ org(id: " + "[" * 900 + "]" * 900 + ") { name } }"],
    )
    async def test_refuse_what_the_parser_would_drown_in(self, owner: Asker, document: str) -> None:
        error = await owner.refusal(document)
        assert error["extensions"]["code"] == "bad_request"

    async def test_refuse_a_fragment_in_itself(self, owner: Asker) -> None:
        error = (await owner.send("{ me { ...f } } fragment f on User { ...f }"))["errors"][0]
        assert error["extensions"]["code"] == "bad_request"


class TestCaches:
    @pytest.fixture
    def counted(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
        """How often a document was really parsed and validated."""
        calls = {"parse": 0, "validate_document": 0}

        def counting(name: str, function: Any) -> Any:
            def call(*args: Any, **options: Any) -> Any:
                calls[name] += 1
                return function(*args, **options)

            return call

        for name in ("parse", "validate_document"):
            monkeypatch.setattr(preparation, name, counting(name, getattr(preparation, name)))
        preparation.prepare.cache_clear()
        yield calls
        preparation.prepare.cache_clear()

    async def test_spare_a_known_document_its_parsing_and_validation(
        self, owner: Asker, acme: Tenant, counted: dict[str, int]
    ) -> None:
        document = "query($id: ID!) { org(id: $id) { name slug plan } }"
        for _ in range(5):
            await owner.ask(document, {"id": acme.org})
        assert counted == {"parse": 1, "validate_document": 1}

    async def test_remember_refusals_too(self, owner: Asker, counted: dict[str, int]) -> None:
        for _ in range(3):
            await owner.refusal("{ nothing_of_the_kind }")
        assert counted == {"parse": 1, "validate_document": 1}
