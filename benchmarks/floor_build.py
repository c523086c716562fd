"""The floor of `build`: all that `floor_check` does, and WeasyPrint writing the tool's own page from ready HTML.

Usage: python floor_build.py SCHEMA.xsd DOCUMENT.xml PAGE.html PAGE.pdf [as-the-tool]

With `as-the-tool`, WeasyPrint is loaded as the tool loads it and gets its options too: a tagged PDF, and fonts taken as
they are.
"""

import sys
from importlib import import_module

import jinja2  # noqa: F401 - loaded because the tool loads it
import pydantic  # noqa: F401
import typer  # noqa: F401
import xmlschema
import yaml  # noqa: F401

schema, document, page, pdf, *options = sys.argv[1:]
xmlschema.XMLSchema(schema).validate(document)
weasyprint = import_module("form4_author.page.printer").weasyprint() if options else import_module("weasyprint")
weasyprint.HTML(filename=page).write_pdf(pdf, **({"pdf_variant": "pdf/ua-1", "full_fonts": True} if options else {}))
