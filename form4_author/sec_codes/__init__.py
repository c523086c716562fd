"""The SEC's code lists and limits as tables, each with its source.

`places` looks up states and countries, `tables` holds them; `transactions` has the transaction codes, `limits` lengths
and counts, `versions` the schema versions, `form_names` the forms by name; `exchanges` tells a trading symbol from its
exchange, `positions` what a derivative's title says of it. Sections are those of the EDGAR Ownership XML Technical
Specification v5.5.
"""

from form4_author.sec_codes.exchanges import symbol_alone
from form4_author.sec_codes.form_names import FORM_NAMES, FormName, document_types, form_name
from form4_author.sec_codes.limits import (
    LENGTHS,
    MAX_AMOUNT,
    MAX_DOCUMENTS,
    MAX_FOOTNOTE,
    MAX_FOOTNOTES,
    MAX_OWNERS,
    MAX_ROWS,
    MAX_SIGNATURES,
    STORED_TERRITORY,
    Limit,
)
from form4_author.sec_codes.places import (
    UNITED_STATES,
    country_code,
    obsolete_code,
    place_name,
    state_code,
    suggest_country,
    suggest_state,
)
from form4_author.sec_codes.positions import (
    delivers,
    may_be_written,
    owed_change,
    says_obliged,
    says_option,
    says_owed,
    says_put,
)
from form4_author.sec_codes.tables import COUNTRIES, ISO_3166, OBSOLETE, STATES
from form4_author.sec_codes.transactions import TRANSACTION_CODES, TransactionCode, acquired_or_disposed
from form4_author.sec_codes.versions import (
    ALL_VERSIONS,
    CURRENT_VERSION,
    FORM_3_VERSIONS,
    SCHEMA_VERSIONS,
    SchemaVersion,
    schema_for,
)

__all__ = [
    "ALL_VERSIONS",
    "COUNTRIES",
    "CURRENT_VERSION",
    "FORM_3_VERSIONS",
    "FORM_NAMES",
    "ISO_3166",
    "LENGTHS",
    "MAX_AMOUNT",
    "MAX_DOCUMENTS",
    "MAX_FOOTNOTE",
    "MAX_FOOTNOTES",
    "MAX_OWNERS",
    "MAX_ROWS",
    "MAX_SIGNATURES",
    "OBSOLETE",
    "SCHEMA_VERSIONS",
    "STATES",
    "STORED_TERRITORY",
    "TRANSACTION_CODES",
    "UNITED_STATES",
    "FormName",
    "Limit",
    "SchemaVersion",
    "TransactionCode",
    "acquired_or_disposed",
    "country_code",
    "delivers",
    "document_types",
    "form_name",
    "may_be_written",
    "obsolete_code",
    "owed_change",
    "place_name",
    "says_obliged",
    "says_option",
    "says_owed",
    "says_put",
    "schema_for",
    "state_code",
    "suggest_country",
    "suggest_state",
    "symbol_alone",
]
