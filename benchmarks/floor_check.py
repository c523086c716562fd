"""The floor of `check`: load the same libraries, build the schema, validate the document. Nothing else.

Usage: python floor_check.py SCHEMA.xsd DOCUMENT.xml
"""

import sys

import jinja2  # noqa: F401 - loaded because the tool loads it
import pydantic  # noqa: F401
import typer  # noqa: F401
import xmlschema
import yaml  # noqa: F401

xmlschema.XMLSchema(sys.argv[1]).validate(sys.argv[2])
