"""The page against the SEC's own rendering of the same filings, cell by cell."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from form4_author.edgar import ownership_xml, xml_source
from form4_author.page import drawing
from tests.conftest import shared_dir
from tests.page_cells import SLIPS, compare, differences
from tests.page_sec import sec_sheet
from tests.page_sheet import our_sheet

FEATURES = (
    *("aff10b5One:1", "aff10b5One:true", "adCodeFootnote", "codeE", "codeFootnote", "codeJ", "codeW", "dateFootnote"),
    *("dateOffset", "dateOfOriginalSubmission", "deemedExecutionDate", "derivHolding", "derivOnly", "equitySwap"),
    *("footnoteOnlyExerciseDate", "footnoteOnlyExercisePrice", "footnoteOnlyExpirationDate", "footnoteOnlyPrice"),
    *("footnoteOnlyUnderlyingShares", "footnotes20+", "foreignStateCode", "foreignSymbol", "formTypeDiffers:5"),
    *("isOther", "longRemarks", "multiOwner", "multiSignature", "multilineFootnote", "multilineRemarks", "noRows"),
    *("nonDerivHolding", "nonUSFlag:true", "nonUSStateTerritory", "notSubjectToSection16", "nss16Elem:true"),
    *(
        "otherText",
        "owners10+",
        "remarks",
        "signatures!=owners",
        "stateDescription",
        "symbolMultiple",
        "tenPercentOwner",
    ),
    *("timelinessE", "transactionTotalValue", "valueOwnedFollowingTransaction"),
)


#: Filings that meet the rarer slips of the SEC's stylesheets.
SLIPPED = ("X0407/0000899140-23-000516.xml", "X0508/01be5d62a4a2efdb.xml")


def sample() -> dict[str, Path]:
    """For each feature the corpus's index names, two filings that have it; and two of each schema version."""
    corpus = shared_dir("corpus")
    lines = [line.split("\t") for line in (corpus / "index.tsv").read_text().splitlines()[1:]]
    wanted = Counter(dict.fromkeys(FEATURES, 2) | {version: 2 for _, _, version, *_ in lines})
    chosen = {name: corpus / "form4" / name for name in SLIPPED}
    chosen |= {f"form{n}/{path.name}": path for n in "35" for path in sorted((corpus / f"form{n}").glob("*.xml"))[::3]}
    for name, _, version, *_, features, _ in lines:
        for feature in {version, *features.split()} & {name for name, count in wanted.items() if count}:
            wanted[feature] -= 1
            chosen[name] = corpus / name
    assert not [name for name, count in wanted.items() if count == 2], "a feature has no filing"
    return chosen


@pytest.mark.shared
def test_a_sample_shows_what_the_sec_shows_cell_by_cell() -> None:
    filings = sample()
    assert 90 < len(filings) < 150
    verdicts = {name: compare(path) for name, path in filings.items()}
    assert {name: verdict.differences for name, verdict in verdicts.items() if verdict.differences} == {}
    assert {slip for verdict in verdicts.values() for slip in verdict.slips} == set(SLIPS)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("was", "becomes", "where"),
    [
        ("FRIEDRICH-EBERT-ALLEE 140<", "FRIEDRICH-EBERT-ALLEE 14O<", "owners"),
        (">20,000,000<", ">20,000,00<", "table1"),
        (">649,882,564<", "><", "table1"),
        ('<a href="#note-F3">(3)</a>', '<a href="#note-F3">(2)</a>', "table1"),
        (">X<", "><", "owners"),
        ("03/31/2023</p>", "03/30/2023</p>", "period"),
        (">J/K<", ">J<", "table1"),
        ("Unwind Period", "Unwinding Period", "footnotes"),
        ("deputization", "deputisation", "remarks"),
        ("/s/ Frans Roose", "/s/ Franz Roose", "signatures"),
        ("TMUS</span>]", "TMUS</span>)", "issuer"),
    ],
)
def test_the_comparison_sees_a_single_slip(was: str, becomes: str, where: str) -> None:
    path = shared_dir("corpus", "form4", "X0407", "0000950157-23-000347.xml")
    secs = sec_sheet(shared_dir("corpus", "rendered", "X0407", "0000950157-23-000347.html").read_text())
    page = drawing.html(ownership_xml.read(xml_source.parse(path.read_bytes(), path.name)), fonts=False)
    assert differences(our_sheet(page), secs) == []
    assert was in page
    found = differences(our_sheet(page.replace(was, becomes, 1)), secs)
    assert [re.split(r"[\[:]", difference)[0] for difference in found] == [where]
