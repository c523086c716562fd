"""The floor of `build`: all that `floor_check` does, and WeasyPrint writing the tool's own page from ready HTML.

Usage: python floor_build.py SCHEMA.xsd DOCUMENT.xml PAGE.html PAGE.pdf [as-the-tool]

With `as-the-tool`, WeasyPrint gets the tool's options too: a tagged PDF, and fonts taken as they are.
"""

import sys

import jinja2  # noqa: F401 - loaded because the tool loads it
import pydantic  # noqa: F401
import typer  # noqa: F401
import weasyprint
import xmlschema
import yaml  # noqa: F401

schema, document, page, pdf, *options = sys.argv[1:]
xmlschema.XMLSchema(schema).validate(document)
weasyprint.HTML(filename=page).write_pdf(pdf, **({"pdf_variant": "pdf/ua-1", "full_fonts": True} if options else {}))
