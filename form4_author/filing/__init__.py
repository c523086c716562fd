"""The filing: what EDGAR receives, as values, and everything that can be told from it alone.

Knows the SEC's code lists and nothing else of the house: neither plans nor files nor the page. `model` holds the
filing, `columns` the cells of its lines, `forms` the forms that there are.
"""

from form4_author.filing.forms import FORM_3, FORM_4, FORM_5, Feature, FormType, form_for, form_of
from form4_author.filing.model import (
    ABSENT,
    NO_FIELD,
    DocumentKind,
    Field,
    Filing,
    Footnote,
    Issuer,
    Medium,
    ReportingOwner,
    Row,
    Signature,
    Table,
    Value,
    cell,
    elements,
    value,
)

__all__ = [
    "ABSENT",
    "FORM_3",
    "FORM_4",
    "FORM_5",
    "NO_FIELD",
    "DocumentKind",
    "Feature",
    "Field",
    "Filing",
    "Footnote",
    "FormType",
    "Issuer",
    "Medium",
    "ReportingOwner",
    "Row",
    "Signature",
    "Table",
    "Value",
    "cell",
    "elements",
    "form_for",
    "form_of",
    "value",
]
