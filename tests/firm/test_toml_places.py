"""Where each key and value of a TOML text stands, whatever shape it is written in."""

from __future__ import annotations

from form4_author.firm.toml_places import places

TEXT = (
    '''\
# a comment with "quotes" and [brackets]
strict = true
"quoted key" = "a # no comment"
a.b . c = 1

many = """
one "two" \\""" = x
""" # behind
literal = \'\'\'
[not = a table]\'\'\'
list = [
  "x", # first
  [1, 2],
  {k = "v", l.m = 3},
]
day = 1979-05-27 07:32:00
[table.inner] # here
key = 'it''s' '''.replace("'it''s' ", "'its'\n")
    + """\
[[waivers]]
code = "A"
[[waivers]]
code = "B"
  [waivers.more]
  x = -1
"""
)


def test_every_key_and_value_stands_where_it_was_written() -> None:
    found = places(TEXT)
    spots = {path: found.values[path] for path in found.values}
    lines = TEXT.split("\n")

    def at(path: tuple[str | int, ...]) -> str:
        line, column = spots[path]
        return lines[line - 1][column - 1 :]

    assert at(("strict",)) == "true"
    assert at(("quoted key",)) == '"a # no comment"'
    assert at(("a", "b", "c")) == "1"
    assert at(("many",)) == '"""'
    assert at(("literal",)) == "'''"
    assert at(("list",)) == "["
    assert at(("list", 0)) == '"x", # first'
    assert at(("list", 1, 1)) == "2],"
    assert at(("list", 2)) == '{k = "v", l.m = 3},'
    assert at(("list", 2, "k")) == '"v", l.m = 3},'
    assert at(("list", 2, "l", "m")) == "3},"
    assert at(("day",)) == "1979-05-27 07:32:00"
    assert at(("table", "inner", "key")) == "'its'"
    assert at(("waivers", 0, "code")) == '"A"'
    assert at(("waivers", 1, "code")) == '"B"'
    assert at(("waivers", 1, "more", "x")) == "-1"
    assert found.keys["waivers", 1, "code"] == (22, 1)
    assert found.keys["quoted key",] == (3, 1)


def test_an_empty_text_has_no_places() -> None:
    assert not places("").values
    assert not places("# nothing\n\n").keys
