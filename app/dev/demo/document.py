"""The text that a demo summarises.

The sample that comes with LaunchKit is the Introduction of Charles Darwin, "On the Origin of Species", first
edition (London: John Murray, 1859), whole. It is in the public domain everywhere.
"""

from dataclasses import dataclass
from importlib import resources

from app.core.errors import Kind, LaunchKitError

# The same limit as the job kind's own; here it saves sending megabytes to learn of it.
MAX_CHARACTERS = 5_000_000

SAMPLE_TITLE = "Charles Darwin, On the Origin of Species (1859), Introduction"


class UnsuitableText(LaunchKitError):
    kind = Kind.INVALID
    code = "unsuitable_text"
    title = "This cannot be summarised."


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    text: str

    @property
    def measure(self) -> str:
        words = len(self.text.split())
        return f"{words:,} {'word' if words == 1 else 'words'}, {len(self.text):,} characters"


def sample() -> Document:
    text = resources.files("app.dev.demo").joinpath("sample.txt").read_text("utf-8")
    return Document(SAMPLE_TITLE, text.strip())


def parse(title: str, content: bytes) -> Document:
    """A document from a file's bytes; raises `UnsuitableText`."""
    # One character takes at most four bytes: what is longer need not be decoded to be refused.
    if len(content) > 4 * MAX_CHARACTERS:
        raise _too_long(title, f"{len(content):,} bytes")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnsuitableText(
            f"{title} is not UTF-8 text (byte {error.start:,} is not): "
            "convert it first, for example with `iconv -t UTF-8` or `pdftotext`."
        ) from None
    if "\0" in text:
        raise UnsuitableText(f"{title} is a binary file: give a plain text.")
    if not text.strip():
        raise UnsuitableText(f"{title} is empty: give a text of at least one sentence.")
    if len(text) > MAX_CHARACTERS:
        raise _too_long(title, f"{len(text):,} characters")
    return Document(title, text)


def _too_long(title: str, length: str) -> UnsuitableText:
    return UnsuitableText(
        f"{title} has {length}, and at most {MAX_CHARACTERS:,} characters can be summarised at once: split it."
    )
