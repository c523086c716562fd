"""The codes about plans: their YAML, their keys and values, and what no filing can be composed of."""

from __future__ import annotations

from form4_author.codes.record import Code
from form4_author.findings import Severity

CODES = (
    Code(
        "YML001",
        "the file is not YAML",
        "The text can't be read at the place given: most often a line is indented by another number of blanks than "
        "its neighbours, a quotation mark or bracket isn't closed, or a text with `: ` or ` #` in it stands without "
        "quotation marks. Indent with blanks, never tabs; put such a text into quotation marks.",
    ),
    Code(
        "YML002",
        "a key stands twice",
        "YAML readers would drop one of the two without a word. Keep one; of a list, write each entry with a `-`.",
    ),
    Code(
        "YML003",
        "more than any plan holds",
        "Entries nested too deep, or too many entries or aliases: a file that is no plan, or one meant to exhaust its "
        "reader.",
    ),
    Code(
        "YML004",
        "a second document begins",
        "The line `---` begins another document. One plan is one file: delete the line, or part the file.",
    ),
    Code("YML005", "a YAML tag", "Tags such as `!!str` or `!include` have no meaning in a plan. Delete the tag."),
    Code(
        "YML006",
        "a key that is not plain text",
        "A key is a word before a colon. A list, a mapping or an alias can't be one: write the key out.",
    ),
    Code(
        "YML007",
        "an alias or anchor that leads nowhere",
        "`*name` repeats what `&name` marks further up; one without the other has lost its fellow, or was meant as "
        "text. Put a text that begins with `*` or `&` into quotation marks.",
    ),
    Code(
        "YML008",
        "a plan is a mapping of keys, and this file is not",
        "A plan reads `form: 4`, `issuer: ...`, `owners: ...`. `form4-author new` writes one to start from.",
    ),
    Code(
        "YML009",
        "words in braces that belong to no key",
        "Inside `{...}` a comma ends a value, and what follows must be a key with a colon and a blank behind it. Put a "
        'text with a comma in it into quotation marks: `name: "Roe, Jane"`.',
    ),
    Code(
        "YML010",
        "a text that a # cuts off",
        "A `#` behind a blank begins a comment, and the rest of the line is lost. Put the text into quotation marks.",
    ),
    Code(
        "YML011",
        "a sign that only looks like one of YAML's",
        "Wide blanks, colons and commas of other scripts, and curly quotation marks come from word processors. YAML "
        "takes them for letters. Write the plain sign.",
    ),
    Code(
        "YML012",
        "a line that goes on with the text above it",
        "It stands further in than the line above, whose text it becomes a part of. Keys and items of one level begin "
        "in the same column; a text over several lines stands in quotation marks or behind `|`.",
    ),
    Code(
        "PLN001",
        "something that the form needs is missing",
        "The hint says what belongs there. A price or an amount may also be left to a footnote: `notes: {price: "
        "name}`.",
        source="the form's instructions; EDGAR Ownership XML Technical Specification 3.5",
    ),
    Code(
        "PLN002",
        "a key that a plan doesn't know",
        "What is not understood is never passed over. Mend the spelling as the hint says, or move the key to where it "
        "belongs; [docs/plan.md](plan.md) lists all keys.",
    ),
    Code(
        "PLN003",
        "a value of the wrong shape",
        "A list, a mapping or a plain value stands where another of these is wanted. A list has lines that begin with "
        "`- `; a mapping has lines `key: value`, indented below its name.",
    ),
    Code(
        "PLN004",
        "a value that is not an amount",
        "Write digits, with commas for thousands and a point for decimals: `1,898`, `22.5307`, `$4.80`. Amounts are "
        "zero or more, have four decimals at most, and no unit; `acquired_or_disposed` tells the direction.",
        source="Specification 3.2",
    ),
    Code(
        "PLN005",
        "a value that is not a date",
        "Write `2013-11-22`, or `11/22/2013` (month, day, year). The day must be one of the calendar, and the year one "
        "that can be meant.",
    ),
    Code("PLN006", "a value that is neither yes nor no", "Write `yes` or `no`."),
    Code(
        "PLN007",
        "a value that is not one of the words allowed",
        "The hint lists them: transaction codes, `A` or `D`, `direct` or `{indirect: By Trust}`, forms, and the like.",
    ),
    Code(
        "PLN008",
        "a text that is too long, or empty",
        "EDGAR takes no longer text there. Shorten it, or say the rest in a footnote or in the remarks.",
        source="Specification 3.5, column Max Length",
    ),
    Code(
        "PLN009",
        "a CCC in the plan",
        "Plans are mailed, printed and kept under version control; a CCC is a password. Delete the line, and give "
        "the CCC in the environment variable `FORM4_CCC_<CIK>` or in a file named by `--ccc-file`. If the plan was "
        "shared, change the CCC in EDGAR.",
    ),
    Code(
        "PLN010",
        "a name that is not defined",
        "Securities and footnotes are named once, under `securities` and `footnotes`, and then used by that name. Mend "
        "the spelling, or define the name.",
    ),
    Code(
        "PLN011",
        "keys that don't go together",
        "Two keys say the same thing or exclude each other, or the form has no place for one. The hint says which "
        "to keep and what to write in place of the other.",
    ),
    Code(
        "PLN012",
        "something that neither stands in the plan nor follows from it",
        "The amount owned follows from the opening balance, the A or D from most codes, the period from the "
        "transactions. Where it doesn't, the plan must say it; the hint names the key.",
    ),
    Code(
        "PLN013",
        "an include that can't be followed",
        "`include` names YAML files beside the plan, inside the folder above the plan's. It can't go round in a "
        "circle, name a file from elsewhere, or be followed where the plan is read from standard input.",
    ),
    Code(
        "PLN014",
        "executions that can't be read",
        "`fills` names a broker's file beside the plan, CSV or Excel; [docs/brokers.md](brokers.md) tells what is "
        "read. The finding names the row and column of the file. What isn't understood is refused, never guessed.",
    ),
    Code(
        "PLN015",
        "a value that is not a CIK",
        "A CIK is EDGAR's number of a filer: one to ten digits, with or without its leading zeroes.",
        source="Specification 4.3.1",
    ),
    Code(
        "PLN016",
        "a state or country that EDGAR doesn't know",
        "Write EDGAR's code (`CA`, `2M`) or the name (`California`, `Germany`). A place outside the US goes to "
        "`country`, its province to `territory`.",
        source="EDGAR's state and country codes",
    ),
    Code(
        "PLN017",
        "the statement on Rule 10b5-1 is missing, or the form has none",
        "Since April 1, 2023 the form says whether a transaction was made under a Rule 10b5-1(c) plan: "
        "`rule_10b5_1: yes` or `no`. It is the reporting person's own statement; the tool doesn't guess it.",
        source="Form 4, the Rule 10b5-1(c) box; Release 33-11138",
    ),
    Code(
        "PLN018",
        "an opening balance that stands twice",
        "A running balance is kept for each security and form of ownership, and begins once; of two the later one "
        "counts. Keep one, or tell them apart by their nature: `ownership: {indirect: By Trust A}`.",
        severity=Severity.WARNING,
    ),
    Code(
        "PLN019",
        "lines of one nature that only footnotes tell apart",
        "A running balance is kept for each security, form of ownership and nature. Where the footnotes on the nature "
        "differ, the lines may be of two holders whose balances must not flow together. Give each a nature of its own, "
        "or state the balance on the line.",
    ),
    Code(
        "PLN020",
        "an insider that no form can be made for",
        "Under `for_each` each insider has a `name` of its own that a file can bear, and at least one transaction. "
        "What one says of an event goes to the entry that leaves it open, `- {date: ..., exercise: each}`.",
    ),
    Code(
        "PLN021",
        "a plan of several forms where one is wanted",
        "A plan with `for_each` makes a form for each insider. `check`, `build` and `due` take them all, or the one "
        "that `--form NAME` names; `preview`, a redline and the verbs that begin with a filing take one: name it, or "
        "give the XML that was built of it.",
    ),
    Code(
        "PLN022",
        "a sheet of insiders that can't be read",
        "`for_each: {sheet: FILE, columns: {...}}` names a CSV file or an Excel workbook beside the plan, with a row "
        "for each insider; one of its first rows holds the headers that `columns` names. Formulas are not worked out: "
        "the value that the file keeps of one is taken.",
    ),
    Code(
        "PLN023",
        "one plan, several forms that belong together",
        "A form holds 30 lines in each table, 99 footnotes and 10 owners. What is more goes on with the next: the "
        "lines keep their order and balances, those of one event stay together where they fit, holdings stand on the "
        "last, and the remarks of each say which it is. Over 10 owners, each form is whole, for its own.",
        severity=Severity.NOTE,
        source="EDGAR Ownership XML Technical Specification 3.3, 3.5",
    ),
    Code(
        "PLN024",
        "a title that stands in the remarks",
        "The box of an officer's title, or of another relationship, holds 30 characters. It says See Remarks, and the "
        "remarks give the whole.",
        severity=Severity.NOTE,
        source="EDGAR Ownership XML Technical Specification 3.5",
    ),
    Code(
        "PLN025",
        "a plan or filing that can't be followed or amended",
        "`follows` and `amends` name a plan or a filed XML inside the folder above the plan's. It may follow another "
        "one itself, but not in a circle; it must be right as it stands; and where it makes several forms, it must be "
        "clear whose is meant, by the form's name or by its owners.",
    ),
    Code(
        "PLN026",
        "a footnote that becomes several",
        "A footnote holds 1,000 characters. A longer one is divided at the end of a sentence, and its marks refer to "
        "all parts; one that has a number of its own, or no sentence that ends in time, is left to its author.",
        severity=Severity.NOTE,
        source="EDGAR Ownership XML Technical Specification 3.5",
    ),
    Code(
        "PLN027",
        "an amount stated over another that follows",
        "An event's other line and what the security says tell how many a line is of, and the plan states another "
        "number. It is written as stated.",
        severity=Severity.WARNING,
    ),
    Code(
        "PLN028",
        "what moved a balance stands on no line",
        "What needs no line is told in a footnote on the next amount reported of the balance that it moved. Where no "
        "line follows, the form says nothing of it.",
        severity=Severity.NOTE,
    ),
    Code(
        "PLN029",
        "a power of attorney that doesn't cover a signature",
        "`power_of_attorney` of an owner tells until when it holds, and who may sign. The form is signed later, or by "
        "someone else.",
        severity=Severity.WARNING,
        source="Form 4, General Instruction 7",
    ),
    Code(
        "PLN030",
        "a security or holder that nothing in the plan uses",
        "Its name stands under `securities` or `ownership_lines` of the plan itself and nowhere else in it: it "
        "changes nothing on the form. It may be a slip: a comma in braces ends a value (`{common: Common Stock, Class: "
        "A}`), and a name may be spelt otherwise where it is used. What an included file defines is not told.",
        severity=Severity.WARNING,
    ),
    Code(
        "EXE001",
        "what a broker's file was read as",
        "Its layout, where that is known by the headers, how many executions were found, and which rows were passed "
        "over: other securities, cash, cancelled orders, totals. Hold the numbers against the broker's confirmation; "
        "`total:` under `fills` has the tool do so.",
        severity=Severity.NOTE,
    ),
    Code(
        "EXE002",
        "executions that no entry reports",
        "The file holds purchases among the sales, or sales among the purchases, of the same security and accounts. "
        "Each must be reported. An entry with the same `fills` takes them up; `side:` under `fills` tells that they "
        "aren't this reporting person's to report.",
        severity=Severity.WARNING,
        source="Form 4, General Instruction 4(a)",
    ),
    Code(
        "EXE003",
        "a broker's file gives a total that its executions don't add up to",
        "A row of totals stands below the executions, all rows above it are executions, and neither all nor the "
        "last of them add up to it: a row may be missing from the file, or stand there twice. Ask the broker; what is "
        "right stands as `total:` under `fills`.",
        severity=Severity.WARNING,
    ),
    Code(
        "EXE004",
        "executions in rows that are hidden in Excel",
        "Rows of a workbook that are hidden, filtered away or folded hold executions as all others do, and are read: "
        "an execution that a form leaves out is worse than one that is looked at twice. Show them, and look whether "
        "they belong on the form. What doesn't is deleted from the file, or told apart by `account` under `fills`.",
        severity=Severity.WARNING,
    ),
    Code(
        "SSP001",
        "a trade the other way less than six months away, in the folder of a plan that is built",
        "A purchase and a sale within less than six months owe their profit to the issuer. `build` looks through the "
        "plan's folder, or for a `plan.yaml` through the folders beside its own, for forms of the same person and "
        "issuer: at 200 files, and reads 40 of them. `form4-author short-swing` tells what is owed, and with "
        "`--propose` on which day a trade adds nothing.",
        severity=Severity.NOTE,
        source="Section 16(b)",
    ),
)
