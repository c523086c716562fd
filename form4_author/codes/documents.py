"""The codes about XML: reading it, the SEC's schemas, and where these come from."""

from __future__ import annotations

from form4_author.codes.record import Code
from form4_author.findings import Severity

CODES = (
    Code(
        "XML001",
        "the XML is not well-formed",
        "A tag isn't closed, a `<` or `&` stands in a text, or the file is cut short. Mend it at the place given: "
        "in texts write `&lt;` and `&amp;`.",
        source="XML 1.0",
    ),
    Code(
        "XML002",
        "a document type declaration",
        "EDGAR's documents have no `<!DOCTYPE>`, and entities declared there can exhaust a reader or fetch files. "
        "Delete it with all that it declares.",
    ),
    Code(
        "XML003",
        "more than any ownership document holds",
        "The file is larger or nested deeper, or has more elements or processing instructions, than any Form 4: it is "
        "damaged, another file, or meant to exhaust its reader.",
    ),
    Code(
        "XML004",
        "the XML is in no encoding that is understood",
        "The bytes are no text in the encoding that the file declares. Save it as UTF-8; what EDGAR takes is ASCII.",
        source="Specification 4.1",
    ),
    Code(
        "XML005",
        "a form that is not supported",
        "The document is sound, but of another form than those that this tool knows.",
    ),
    Code(
        "XML006",
        "the XML is no ownership document",
        "The root is not `<ownershipDocument>`, or it stands in a namespace, or its document type is no form.",
        source="Specification 3.5",
    ),
    Code(
        "XML007",
        "a character that can't be written",
        "XML can't hold it, or EDGAR doesn't take it. Delete it, or write it in plain ASCII.",
        source="EDGAR Filer Manual, Volume II, 5.2.1",
    ),
    Code(
        "XML008",
        "the envelope is no ownership submission",
        "The root is not `<edgarSubmission>` without a namespace, or it encloses no ownership document.",
        source="Specification 3.4, 4.2.1.1",
    ),
    Code(
        "XML009",
        "an enclosed document can't be taken out",
        "Documents stand in the envelope as base64, pictures in a published submission as uuencoded text; this one is "
        "damaged. `envelope --extract` also leaves a document alone in which a CCC may stand where none is looked for.",
        source="Specification 4.2.1",
    ),
    Code(
        "XML010",
        "a file of another kind",
        "What can be checked is a plan, ownership XML, an envelope, or the full text of a submission from sec.gov. "
        "This is something else, such as a web page.",
    ),
    Code("XML011", "a submission without a Form 4 in XML", "Give the submission of a Form 4 of 2003 or later."),
    Code("XML012", "several submissions in one file", "Give one submission at a time: the findings name lines of it."),
    Code(
        "SUB012",
        "an exhibit's file can't be enclosed",
        "The file that `exhibits` names can't be read, is empty, lies outside the plan's folders, or makes all of them "
        "larger than 10 MiB together.",
    ),
    Code(
        "SUB020",
        "a submission's file that doesn't end in .xml",
        "EDGAR takes a submission as one file whose name ends in `.xml`, not compressed. Rename it before you send it.",
        severity=Severity.WARNING,
        source="Specification 4.1(1)",
    ),
    Code(
        "XSD001",
        "an element is missing, unknown, misspelt, or out of order",
        "EDGAR holds each document against the SEC's schema and suspends what it refuses. The finding says which "
        "element belongs there.",
        source="the SEC's schema; Specification 3.5",
    ),
    Code(
        "XSD002",
        "a value is not in its list of codes",
        "The hint gives the codes that are allowed, or the nearest of them.",
        source="the SEC's schema; Specification 3.3",
    ),
    Code(
        "XSD003",
        "a text is too long or too short",
        "The finding says how many characters are allowed. Say the rest in a footnote or in the remarks.",
        source="the SEC's schema; Specification 3.5",
    ),
    Code(
        "XSD004",
        "a value that is no number, date or yes-or-no as EDGAR wants it",
        "Numbers have digits and a point, dates read `2026-03-18`, answers are `1`, `0`, `true` or `false`, without "
        "blanks.",
        source="the SEC's schema; Specification 3.2",
    ),
    Code(
        "XSD005",
        "a footnote's number is wrong, given twice, or refers to nothing",
        'Each footnote has an id of its own, `F1` to `F99`; a `<footnoteId id="F1"/>` names one that is there.',
        source="the SEC's schema; Specification 4.3.5, 4.3.6",
    ),
    Code(
        "XSD006",
        "text or an attribute where none belongs",
        "Only the elements that hold a value take text. Most often the tags of `<value>` are missing.",
        source="the SEC's schema; Specification 3.5",
    ),
    Code(
        "XSD007",
        "no supported form",
        "The document's root or its document type is none for which there is a schema here.",
        source="Specification 3.5",
    ),
    Code(
        "XSD008",
        "too many of an element, or two where one excludes the other",
        "The finding says how many are allowed. Split the filing where there are more lines, owners or footnotes.",
        source="the SEC's schema; Specification 3.5",
    ),
    Code(
        "XSD009",
        "anything else that the schema refuses",
        "An error: the schema refuses the document for a reason that has no plain words here. A note: there are more "
        "violations than are told; mend those, and check again.",
        source="the SEC's schema",
    ),
    Code("SCH001", "an archive that is no sound ZIP file", "Download it again from the SEC's page on ownership XML."),
    Code(
        "SCH002",
        "an archive that is too large",
        "The SEC's archives hold a few small files. Give the one that the SEC publishes, as it came.",
    ),
    Code(
        "SCH003",
        "an entry of the archive that is not safe",
        "It leads out of the archive's folder, or is a link, encrypted, or packed in an unusual way. The SEC's aren't.",
    ),
    Code("SCH004", "the archive lacks a schema, or holds two that differ", "Download it again; give it as it came."),
    Code("SCH005", "a file of the archive is no XML schema", "Download it again; give it as it came."),
    Code(
        "SCH006",
        "a schema refers to something outside",
        "The SEC's schemas stand by themselves; one that includes or imports others is none of them.",
    ),
    Code("SCH007", "a schema can't be built", "The schema contradicts itself: it is damaged. Download it again."),
    Code(
        "SCH008",
        "the schemas are those of another version",
        "The version that you named, or that the archive's name tells, is not that of the schemas in it. Name the "
        "right one with `--schema-version`.",
    ),
    Code(
        "SCH009",
        "a schema doesn't judge as it should",
        "Before a schema is used it must accept a document that is right and refuse some that are wrong. This one "
        "doesn't.",
    ),
    Code("SCH010", "a schema can't be stored", "The data folder can't be written. Make room or rights in it."),
    Code(
        "SCH011",
        "an added schema has changed, or can't be read",
        "What you added is held by its hash. Add the archive again (`form4-author schemas add ARCHIVE.zip`), or "
        "remove the folder that the finding names to go back to the schemas that come with the tool.",
    ),
    Code(
        "SCH012",
        "added schemas are laxer than the shipped ones",
        "They accept documents that the shipped ones refuse, so that less is found before EDGAR finds it. `schemas "
        "add` lists what. Take the archive from the SEC's own site; to go back, remove the folder that `schemas list` "
        "names.",
        Severity.WARNING,
    ),
    Code(
        "IMP001",
        "something in a filing that no plan can say",
        "The plan that was made of a filing was composed again and compared with it: this is what differs, what "
        "can't be read as what its place takes, or what had to be mended for EDGAR to take it today. Read the "
        "line, and decide.",
    ),
    Code("IMP002", "a plan where a filing is wanted", "`import` makes plans of filings. Give the XML of one."),
    Code(
        "IMP003",
        "a line that the form doesn't have",
        "Lines are counted through both tables, from 1. The hint says which there are.",
    ),
    Code(
        "TPL001", "a template of yours can't be read", "Check the folder that `--templates` names and the files in it."
    ),
    Code(
        "TPL002",
        "a template's syntax is wrong",
        "Jinja can't read the template at that line; see [docs/templates.md](templates.md).",
    ),
    Code(
        "TPL003",
        "a template asks for what isn't there, or is not allowed",
        "It uses a name or filter that the page doesn't have, switches escaping off, or runs too long; "
        "[docs/templates.md](templates.md) lists what there is.",
    ),
    Code(
        "TPL004",
        "a page that could send away what stands on it",
        "Forms, scripts, frames, refreshes and links to elsewhere have no place on a page that shows what isn't public "
        "yet. Take them out.",
    ),
)
