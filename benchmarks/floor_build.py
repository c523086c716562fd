"""The floor of `build`: all that `floor_check` does, and WeasyPrint writing the tool's own page from ready HTML.

Usage: python floor_build.py SCHEMA.xsd DOCUMENT.xml PAGE.html PAGE.pdf
"""

import sys

import jinja2  # noqa: F401 - loaded because the tool loads it
import pydantic  # noqa: F401
import typer  # noqa: F401
import weasyprint
import xmlschema
import yaml  # noqa: F401

schema, document, page, pdf = sys.argv[1:]
xmlschema.XMLSchema(schema).validate(document)
weasyprint.HTML(filename=page).write_pdf(pdf)
