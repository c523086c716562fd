"""Of two ownership documents in one file the second never goes by without a word, nor in another encoding."""

from __future__ import annotations

import base64

import pytest

from form4_author.edgar.unwrap import unwrap
from tests.edgar.test_unwrap import DOCUMENT, ENVELOPE, FORM, HEADER, PUBLISHED, refusal


def test_a_second_document_beside_the_first_in_one_part() -> None:
    for second in ("<XML>\n<ownershipDocument/>\n</XML>\n", "<x:ownershipDocument>"):
        text = HEADER + FORM.replace("</TEXT>", f"{second}</TEXT>")
        line = text[: text.index(second)].count("\n") + 1 + second.count("<XML>")
        assert refusal(text) == (
            "XML012",
            f"file:{line}:1",
            "a second ownership document stands in one <DOCUMENT>",
            "Give one submission at a time.",
            False,
        )


def test_a_document_is_in_the_encoding_that_it_declares_whatever_is_around_it() -> None:
    def declaring(encoding: str, name: bytes) -> bytes:
        text = PUBLISHED.replace('<?xml version="1.0"?>', f'<?xml version="1.0" encoding="{encoding}"?>')
        return text.encode().replace(b"One", name)

    for encoding, name in (("utf-8", "Caf\u00e9"), ("iso-8859-1", "Caf\u00c3\u00a9")):
        for around in (b"Know all", b"Caf\xe9"):
            unwrapped = unwrap(declaring(encoding, "Caf\u00e9".encode()).replace(b"Know all", around), "file")
            assert (unwrapped.document.root.findtext("remarks") or "").startswith(name)
    line = PUBLISHED[: PUBLISHED.index("<?xml")].count("\n") + 1
    assert refusal(declaring("utf-7", b"+ADE-"))[:3] == ("XML004", f"file:{line}:31", "the file is declared as utf-7")
    assert refusal(declaring("utf-8", b"\xe9"))[:3] == ("XML004", f"file:{line + 4}:14", "byte 0xE9 is not UTF-8 text")


@pytest.mark.parametrize(
    ("kind", "content"),
    [("EX-99", DOCUMENT.encode()), ("EX-99", DOCUMENT.encode("utf-16")), ("5/B", b"<x:ownershipDocument/>")],
)
def test_a_second_document_in_an_envelope(kind: str, content: bytes) -> None:
    end = "</edgarSubmission>"
    enclosed = base64.b64encode(content).decode()
    second = f"<edgarDocument><documentName>b.xml</documentName><documentType>{kind}</documentType>"
    second += f"<documentMimeBlock>{enclosed}</documentMimeBlock></edgarDocument>\n"
    text = ENVELOPE.format(base64.b64encode(DOCUMENT.encode()).decode()).replace(end, second + end)
    line = text[: text.index(second)].count("\n") + 1
    column = text.index(second) - text.rfind("\n", 0, text.index(second))
    assert refusal(text)[:4] == (
        "XML012",
        f"file:{line}:{column}",
        f"a second ownership document is enclosed (type {kind})",
        "Give one form a submission.",
    )
