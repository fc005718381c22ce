"""Codes of RFC 6238, and those for recovery."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from app.accounts.totp import codes

NOW = datetime(2026, 11, 20, 10, 0, 10, tzinfo=UTC)
STEP = int(NOW.timestamp()) // 30
SECRET = codes.new_secret()


class TestStepOf:
    @pytest.mark.parametrize(
        ("at", "code"),
        # RFC 6238, appendix B, SHA-1: the last 6 of its 8 digits.
        [
            (59, "287082"),
            (1111111109, "081804"),
            (1111111111, "050471"),
            (1234567890, "005924"),
            (2000000000, "279037"),
            (20000000000, "353130"),
        ],
    )
    def test_agrees_with_the_examples_of_the_rfc(self, at: int, code: str) -> None:
        secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890"

        assert codes.step_of(secret, code, now=datetime.fromtimestamp(at, UTC)) == at // 30

    @pytest.mark.parametrize("steps", [-1, 0, 1])
    def test_accepts_a_clock_that_is_off_by_a_step(self, steps: int) -> None:
        code = pyotp.HOTP(SECRET).at(STEP + steps)

        assert codes.step_of(SECRET, code, now=NOW) == STEP + steps

    @pytest.mark.parametrize("steps", [-2, 2, 100])
    def test_refuses_codes_of_other_times(self, steps: int) -> None:
        near = {pyotp.HOTP(SECRET).at(STEP + step) for step in (-1, 0, 1)}
        code = pyotp.HOTP(SECRET).at(STEP + steps)
        if code not in near:
            assert codes.step_of(SECRET, code, now=NOW) is None

    def test_is_what_an_app_shows(self) -> None:
        app = pyotp.parse_uri(codes.uri(SECRET, "ada@x.example"))

        assert isinstance(app, pyotp.TOTP)
        assert (app.name, app.issuer) == ("ada@x.example", "LaunchKit")
        assert codes.step_of(SECRET, app.at(NOW), now=NOW + timedelta(seconds=15)) == STEP


class TestNormalised:
    @pytest.mark.parametrize("text", ["123456", "123 456", " 123-456\t"])
    def test_reads_the_digits_of_an_app(self, text: str) -> None:
        assert codes.normalised(text) == "123456"
        assert codes.is_totp(codes.normalised(text))

    def test_reads_a_recovery_code_however_it_was_copied(self) -> None:
        assert codes.normalised("AB0O-1ilX 2345-6789") == codes.normalised("ab00111x23456789")

    @pytest.mark.parametrize("text", ["", " - ", "١٢٣٤٥٦", "x" * 65, "\ud800"])
    def test_makes_nothing_of_nonsense(self, text: str) -> None:
        assert codes.normalised(text) == ""


class TestNewRecoveryCodes:
    def test_are_ten_that_differ_with_80_bits_each(self) -> None:
        made = {codes.normalised(code) for _ in range(20) for code in codes.new_recovery_codes()}

        assert len(codes.new_recovery_codes()) == 10
        assert len(made) == 200
        assert {len(code) for code in made} == {16}
        assert len(set("".join(made))) == 32, "5 bits a character"

    def test_are_never_taken_for_those_of_an_app(self) -> None:
        assert not any(codes.is_totp(codes.normalised(code)) for code in codes.new_recovery_codes())
