"""The codes about files, folders and the user's own settings: reading them, writing them, the CCCs in them."""

from __future__ import annotations

from form4_author.codes.record import Code
from form4_author.findings import Severity

CODES = (
    Code(
        "FIL001",
        "there is no such file",
        "A file that the command line or the plan names isn't there. Check the spelling and the folder; a name in a "
        "plan is looked up beside the plan.",
    ),
    Code(
        "FIL002",
        "a folder stands where a file is wanted",
        "Name a file inside the folder. `check`, `build` and `preview` take folders too, and mean every plan below.",
    ),
    Code("FIL003", "a file can't be read", "The system doesn't let you read the file. Check its permissions."),
    Code(
        "FIL004",
        "a file is too large",
        "A plan or a Form 4 is a few kilobytes; what is many times larger is another file, or meant to do harm. Check "
        "that it is the right one.",
    ),
    Code(
        "FIL005",
        "a file is not UTF-8 text",
        "The bytes at the place given are no text in UTF-8: the file is in another encoding, or no text at all. "
        "Save it as UTF-8.",
    ),
    Code(
        "FIL006",
        "a folder holds no plans",
        "A folder means every plan below it, except those whose name, or whose folder's name, begins with `_`. Name "
        "the folder that holds the plans, or write one with `form4-author new`.",
    ),
    Code(
        "FIL007",
        "a pipe, a device or another thing that is no file",
        "Reading it might never end. Write its content into a file, or give it on standard input with `-`.",
    ),
    Code(
        "FIL008",
        "what a search for the last filing didn't find",
        "`--against FOLDER` looks for the latest plan or filing of the same person in the same issuer whose period of "
        "report is earlier. There is none below the folder, or files there can't be read. Name the file itself.",
        severity=Severity.NOTE,
    ),
    Code(
        "FIL009",
        "several last filings of one day",
        "More than one filing below the folder of `--against` is the last one, and they say different things. A filing "
        "counts before a plan, then the first by name. Name the one that is meant.",
        severity=Severity.WARNING,
    ),
    Code(
        "OUT001",
        "two plans would write the same file",
        "Plans that are built into one folder are told apart by their names; a `plan.yaml` takes its folder's name. "
        "Nothing is built. Rename one of them, or build them into different folders. A program that builds plans one "
        "by one is told so of the plan that would take the place of what another one wrote. A plan whose page would "
        "bear the name of the page that tells of several forms is refused too: rename it, or say `--no-summary`.",
    ),
    Code(
        "OUT002",
        "a file can't be written",
        "The files of a build appear together or not at all; one of them could not be written, so nothing was. Name "
        "another folder with `-o`, or make room or rights in this one.",
    ),
    Code(
        "OUT003",
        "a finished document can't be built",
        "`build` makes documents of plans. On the XML of a filing use `check` or `preview`; `import` makes a plan "
        "of it.",
    ),
    Code(
        "OUT004",
        "a file stands there already",
        "What you have written is never written over unasked. Name another file or folder; where the command has "
        "`--force`, that writes over it.",
    ),
    Code(
        "OUT005",
        "a file to be written would take the place of one that is read",
        "A plan, an included file, a template or another input has the name that an output would have, or is the same "
        "file by another name. Name another folder with `-o`, or another file.",
    ),
    Code(
        "OUT006",
        "a name that no output can bear",
        "An output takes its name from the plan's: one of dots or blanks alone, or with signs that no file name should "
        "hold, names nothing. Rename the plan.",
    ),
    Code(
        "OUT007",
        "files of two builds",
        "The files of a build are put into place one right after the other. A run that is killed in between leaves "
        "some of this build beside some of the one before, or without the others. `UNFINISHED-form4-author.log` beside "
        "them names them all. Use none of them: build them again with the same options, and it goes of itself.",
        severity=Severity.WARNING,
    ),
    Code(
        "PDF001",
        "no PDF can be made on this machine",
        "WeasyPrint draws the page with Pango, a library of the system's, which can't be loaded. All else is written: "
        "the XML, the HTML with `--html`, the report. Install Pango, or say `--no-pdf`. `preview` of a PDF has nothing "
        "else to write, and is refused.",
    ),
    Code(
        "RUN001",
        "the process that worked on a file was ended",
        "With `--jobs` plans are built in processes of their own. The one that was at this plan was ended from "
        "without, as the system does where memory runs out; the plan was tried once more, alone, and its process was "
        "ended again. The finding tells which of its files were written. No other plan of the run is touched by it.",
    ),
    Code(
        "RUN002",
        "the run was ended before a file was done",
        "Ctrl-C or a signal ended the run. What was being built had a second to be done; the finding tells what was "
        "written of a file that was broken off. Each file that was written is whole. Run it again for the rest.",
    ),
    Code(
        "RUN003",
        "there is too little memory",
        "The system gave no more memory, because other programs have it or a limit is set (`ulimit -v`, a "
        "container's). Nothing was written for the file; the other files of a run are tried all the same. A form takes "
        "some eighty megabytes to check, and twice that with its page. Close other programs, build fewer plans at once "
        "(`--jobs`) or without the page (`--no-pdf`), or raise the limit.",
    ),
    Code(
        "RUN004",
        "no process could be begun for a file",
        "With `--jobs` plans are built in processes of their own, of which the system allows no more. Where there are "
        "some, the run goes on with these. Close other programs, or leave `--jobs` out.",
    ),
    Code(
        "SEA001",
        "no sealed folder",
        "`verify` takes a folder that `build --seal` wrote, with `seal.json` and `SHA256SUMS` in it as they were "
        "written. A folder that a later version sealed in another format needs that version.",
    ),
    Code(
        "SEA002",
        "a file of a sealed folder has changed",
        "Its hash is not the one in `SHA256SUMS`. Take the file from a copy that was kept elsewhere; what it said "
        "when it was sealed can't be told from this folder.",
    ),
    Code(
        "SEA003",
        "a file of a sealed folder is missing",
        "It stands in `SHA256SUMS` and not in the folder. Take it from a copy that was kept elsewhere.",
    ),
    Code(
        "SEA004",
        "a file was added to a sealed folder",
        "It is no part of what was sealed, and says nothing of it. Take it out, and verify again.",
    ),
    Code(
        "SEA005",
        "the lists of a sealed folder can't be followed",
        "`seal.json` and `SHA256SUMS` say different things, name a file twice or name one outside the folder: one "
        "of them was changed after the folder was sealed. Nothing outside the folder is read. Use a copy that was "
        "kept elsewhere.",
    ),
    Code(
        "SEA006",
        "a link or the like in place of a file of a sealed folder",
        "A link may lead to a file that changes, and a pipe holds none: neither is followed. Take the file from a "
        "copy that was kept elsewhere.",
    ),
    Code(
        "SEA007",
        "what was sealed builds otherwise today",
        "The copies in the folder were built again, and the result is not the file that was sealed. With other "
        "versions of the tool or of a library that may be so: a warning for the page and the report, an error for "
        "the XML. With the same versions it is an error. The file that was sealed is the one that counts; it "
        "hasn't changed.",
    ),
    Code(
        "SEA008",
        "sealed with other versions",
        "The tool, its rules, the schema, Python or a library has another version than when the folder was sealed. "
        "What is built of it today is compared all the same.",
        severity=Severity.NOTE,
    ),
    Code(
        "SEA009",
        "a filing that can't be sealed",
        "The files were built and stand in their place, but no sealed folder. Nothing is sealed that doesn't build "
        "the same again from copies of the plan and the files it takes in: a plan that changed meanwhile, a link "
        "among the templates, a file whose name holds what no list can, or a CCC in one of the files. The message "
        "tells which.",
    ),
    Code(
        "SEA010",
        "another seal than expected",
        "The seal is the hash of `SHA256SUMS`, and stands for the whole folder. It is not the one that was given: "
        "this is another folder, or one that was changed and sealed anew.",
    ),
    Code(
        "CCC001",
        "what is given for a CIK is no CCC",
        "A CCC has 8 characters, a numeral and one of `@ # $ *` among them. What can't be one is an error; what merely "
        "lacks the numeral or the sign is a warning. The finding never shows the CCC itself.",
        source="EDGAR's schema of a CCC",
    ),
    Code(
        "CCC002",
        "others than you can use the file with the CCCs",
        "With a CCC anyone can file in its owner's name. Make the file yours alone: `chmod 600 FILE`.",
    ),
    Code(
        "CCC003",
        "a line or a variable gives a CCC for no CIK",
        "A line of the file reads `0001234567: ` and the CCC; a variable is named `FORM4_CCC_0001234567`. The finding "
        "names the line by its number only, for it may hold a CCC.",
    ),
    Code(
        "CCC004",
        "the file with the CCCs can't be read",
        "It isn't there, is a folder, is too large, is no text, or may not be read. Check what `--ccc-file` names.",
    ),
    Code(
        "CCC005",
        "two different CCCs for one CIK",
        "The file and the environment, or two lines, give different CCCs; the tool can't know which is right. "
        "Delete the old one.",
    ),
    Code(
        "FLT001",
        "a fault of the tool itself",
        "What is in the file brought about what nobody foresaw. Nothing was written for it; other files of the run are "
        "not touched by it. Please report it with the file, names and numbers changed.",
    ),
    Code(
        "DAY001",
        "a line of edgar-days.csv that can't be understood",
        "Your own calendar tells days on which EDGAR is closed or open, against the federal holidays. A line reads "
        "`2026-12-24,closed,reason` or `2026-12-24,open,reason`; what begins with `#` is a comment.",
    ),
    Code(
        "CFG001",
        "the firm's file is no TOML",
        'form4-author.toml can\'t be read at the place given. A line reads `strict = true` or `profiles = "people"`: '
        "texts stand in quotation marks, yes and no are `true` and `false`.",
    ),
    Code(
        "CFG002",
        "an unknown key in the firm's file",
        "form4-author.toml has keys of its own; docs/firm.md lists them, and `form4-author config` prints each with "
        "what it says.",
    ),
    Code(
        "CFG003",
        "a value that a key of the firm's file doesn't take",
        "Each key takes one kind of value: true or false, a text, a list of codes. Errors are neither waived nor "
        "passed over, and a code must be one that there is.",
    ),
    Code(
        "CFG004",
        "the firm's file names what lies elsewhere, or isn't there",
        "What form4-author.toml names lies in its own folder or below it, told from there, and the file itself is no "
        "link: a folder of plans may have come from elsewhere.",
    ),
    Code(
        "CFG005",
        "a CCC in the firm's file",
        "The file is shared and kept under version control. A CCC belongs into the environment (`FORM4_CCC_<CIK>`) or "
        "a file that only you can read (`--ccc-file`).",
    ),
    Code(
        "WEB001",
        "a path leads out of the workbench's folder",
        "The workbench reads and writes in its folder alone, and follows no link there: what was asked for lies "
        "elsewhere. Open the workbench on the folder that holds it, or copy the file into this one.",
    ),
    Code(
        "WEB002",
        "a plan that holds a CCC is not shown in the workbench",
        "A CCC never reaches a browser, whose cache, extensions and history are out of this tool's hands. Take it out "
        "of the plan with an editor of text: it belongs into the environment (`FORM4_CCC_<CIK>`) or a file that only "
        "you can read (`--ccc-file`).",
    ),
    Code(
        "WEB003",
        "no plan can have this name",
        "A plan that the workbench makes is a file whose name consists of letters, digits, dots, hyphens, underscores "
        "and blanks, and ends in `.yaml` or `.yml`; so are the folders above it.",
    ),
    Code(
        "WEB004",
        "the workbench's port can't be listened on",
        "Another program listens there, or the system doesn't allow it. Name another with `--port`, or leave the "
        "option out: then any port that is free is taken.",
    ),
)
