"""Titles of securities, compared as a person reads them."""

from __future__ import annotations

_SAME = {"shares": "stock", "share": "stock", "stocks": "stock"}
_WITHOUT = ("no", "without")


def security_class(title: str) -> str:
    """What is left of a title without case, signs and par value: two titles of one class give the same.

    `Common Stock, par value $.01`, `COMMON STOCK`, `Common` and `common shares without par value` are one; `Class A
    Common Stock` is another.
    """
    words = [word.strip(",.;:()") for word in title.casefold().split()]
    end = next((at for at, word in enumerate(words) if word == "par"), len(words))
    if 1 < end < len(words) and (words[end - 1] in _WITHOUT or not any(sign.isalpha() for sign in words[end - 1])):
        end -= 1  # `$0.01 par value`, `no par value`
    kept = [_SAME.get(word, word) for word in words[:end] if word]
    return " ".join([*kept, "stock"] if kept and kept[-1] == "common" else kept)
