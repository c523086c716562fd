"""The whole flow, top to bottom: a file comes in, a filing is checked, and its documents go out.

 1. Read: the file's bytes become text data (a plan) or an element tree (XML), every part with its position.
 2. Shape: the plan's text becomes its models; mistakes of shape are findings.
 3. Compose: the plan becomes the filing that EDGAR receives. An XML file is read into the same filing.
 4. Preflight: the rules look at the filing.
 5. Write: the filing becomes XML.
 6. Validate: the XML is held against the SEC's schema; what it finds points back at the author's line.
 7. Draw: the filing becomes the page, HTML and from it PDF.
 8. Report: findings, hashes and versions become the report.
 9. Deliver: the files appear whole or not at all.

`examine` holds stages 1 to 6, `draw` stage 7, `record` 8 and 9. `verbs` goes through them one after the other: `check`
stops after stage 6, `preview` goes on to 7, `build` goes all the way. `options` tells how. Nothing here prints.
"""
