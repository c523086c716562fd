"""Small documents that every schema of a version must accept, and refuse: the test that an added schema has to pass."""

from __future__ import annotations

import re

from form4_author.filing import Table
from form4_author.filing.forms import Feature, FormType, LineKind, schema_names
from form4_author.schema_store.store import SUBMISSION
from form4_author.sec_codes.form_names import is_amendment

_SUBMISSION = """\
<edgarSubmission>
  <submissionType>4</submissionType>
  <testOrLive>TEST</testOrLive>
  <edgarDocument>
    <documentName>form4.xml</documentName>
    <documentType>4</documentType>
    <documentMimeBlock>PGEvPg==</documentMimeBlock>
  </edgarDocument>
</edgarSubmission>
"""
_DOCUMENT = """\
<ownershipDocument>
  <documentType>{document_type}</documentType>
  <periodOfReport>2026-11-18</periodOfReport>
{original}  <issuer>
    <issuerCik>1</issuerCik>
    <issuerTradingSymbol>NONE</issuerTradingSymbol>
  </issuer>
  <reportingOwner>
    <reportingOwnerId>
      <rptOwnerCik>2</rptOwnerCik>
    </reportingOwnerId>
    <reportingOwnerRelationship>
      <isDirector>true</isDirector>
    </reportingOwnerRelationship>
  </reportingOwner>
{plan}  <nonDerivativeTable>
{line}  </nonDerivativeTable>
  <footnotes>
    <footnote id="F1">A footnote.</footnote>
  </footnotes>
  <ownerSignature>
    <signatureName>/s/ Jane Roe</signatureName>
    <signatureDate>2026-11-20</signatureDate>
  </ownerSignature>
</ownershipDocument>
"""
_TRANSACTION = """\
    <nonDerivativeTransaction>
      <securityTitle>
        <value>Common Stock</value>
        <footnoteId id="F1"/>
      </securityTitle>
      <transactionDate>
        <value>2026-11-18</value>
      </transactionDate>
      <transactionCoding>
        <transactionFormType>{form}</transactionFormType>
        <transactionCode>S</transactionCode>
        <equitySwapInvolved>0</equitySwapInvolved>
      </transactionCoding>
      <transactionAmounts>
        <transactionShares>
          <value>100</value>
        </transactionShares>
        <transactionPricePerShare>
          <value>12.3456</value>
        </transactionPricePerShare>
        <transactionAcquiredDisposedCode>
          <value>D</value>
        </transactionAcquiredDisposedCode>
      </transactionAmounts>
      <postTransactionAmounts>
        <sharesOwnedFollowingTransaction>
          <value>0</value>
        </sharesOwnedFollowingTransaction>
      </postTransactionAmounts>
      <ownershipNature>
        <directOrIndirectOwnership>
          <value>D</value>
        </directOrIndirectOwnership>
      </ownershipNature>
    </nonDerivativeTransaction>
"""


#: What the small document leaves out, put in where it belongs; a change of it is one that a schema has to notice.
_ADDRESS = """\
    <reportingOwnerAddress>
      <rptOwnerStreet1>1 HARBOR STREET</rptOwnerStreet1>
      <rptOwnerStreet2>SUITE 2</rptOwnerStreet2>
      <rptOwnerCity>RENO</rptOwnerCity>
      <rptOwnerState>NV</rptOwnerState>
      <rptOwnerZipCode>89501</rptOwnerZipCode>
    </reportingOwnerAddress>
"""
_RELATIONSHIP = """\
      <isDirector>true</isDirector>
      <isOfficer>true</isOfficer>
      <isTenPercentOwner>false</isTenPercentOwner>
      <isOther>true</isOther>
      <officerTitle>Treasurer</officerTitle>
      <otherText>Adviser to the board</otherText>
"""
_HOLDING = """\
    <nonDerivativeHolding>
      <securityTitle>
        <value>Preferred Stock</value>
      </securityTitle>
      <postTransactionAmounts>
        <sharesOwnedFollowingTransaction>
          <value>5</value>
        </sharesOwnedFollowingTransaction>
      </postTransactionAmounts>
      <ownershipNature>
        <directOrIndirectOwnership>
          <value>I</value>
        </directOrIndirectOwnership>
        <natureOfOwnership>
          <value>By Trust</value>
        </natureOfOwnership>
      </ownershipNature>
    </nonDerivativeHolding>
"""
_NOTED_HOLDING = _HOLDING.replace(
    "Preferred Stock</value>\n", 'Preferred Stock</value>\n        <footnoteId id="F1"/>\n'
)
_DERIVATIVES = """\
  <derivativeTable>
    <derivativeTransaction>
      <securityTitle>
        <value>Stock Option</value>
      </securityTitle>
      <conversionOrExercisePrice>
        <value>4.80</value>
      </conversionOrExercisePrice>
      <transactionDate>
        <value>2026-11-18</value>
      </transactionDate>
      <transactionCoding>
        <transactionFormType>{form}</transactionFormType>
        <transactionCode>M</transactionCode>
        <equitySwapInvolved>0</equitySwapInvolved>
      </transactionCoding>
      <transactionAmounts>
        <transactionShares>
          <value>100</value>
        </transactionShares>
        <transactionPricePerShare>
          <value>0</value>
        </transactionPricePerShare>
        <transactionAcquiredDisposedCode>
          <value>D</value>
        </transactionAcquiredDisposedCode>
      </transactionAmounts>
      <exerciseDate>
        <value>2026-01-18</value>
      </exerciseDate>
      <expirationDate>
        <value>2034-01-18</value>
      </expirationDate>
      <underlyingSecurity>
        <underlyingSecurityTitle>
          <value>Common Stock</value>
        </underlyingSecurityTitle>
        <underlyingSecurityShares>
          <value>100</value>
        </underlyingSecurityShares>
      </underlyingSecurity>
      <postTransactionAmounts>
        <sharesOwnedFollowingTransaction>
          <value>0</value>
        </sharesOwnedFollowingTransaction>
      </postTransactionAmounts>
      <ownershipNature>
        <directOrIndirectOwnership>
          <value>D</value>
        </directOrIndirectOwnership>
      </ownershipNature>
    </derivativeTransaction>
  </derivativeTable>
"""


#: What a line of Table II has where it is a transaction, by how its elements begin and end.
_OF_TRANSACTIONS = re.compile(
    r"(?<! ) *<(transactionDate|transactionCoding|transactionAmounts|postTransactionAmounts)>.*?</\1>\n", re.DOTALL
)
_CODING_OF_HOLDING = """\
      <transactionCoding>
        <transactionFormType>{form}</transactionFormType>
      </transactionCoding>
"""


def whole(part: str, version: str) -> str:
    """A document that is right by the schema of this part and version, with lines of both tables and a full owner."""
    good, _ = samples(part, version)
    if part == SUBMISSION:
        return good
    form = next(form for schema, form, _ in schema_names() if schema == part)
    return (
        good.replace("    <reportingOwnerRelationship>", f"{_ADDRESS}    <reportingOwnerRelationship>")
        .replace("      <isDirector>true</isDirector>\n", _RELATIONSHIP)
        .replace("  </nonDerivativeTable>\n", f"{_holding(form)}  </nonDerivativeTable>\n{_derivatives(form)}")
        .replace("  <ownerSignature>", "  <remarks>Remarks of the filer.</remarks>\n  <ownerSignature>")
    )


def _holding(form: FormType) -> str:
    """A holding of Table I, late where the form marks that."""
    late = next(iter(form.holding_types), "")
    coding = _CODING_OF_HOLDING.format(form=late) if late else ""
    return _HOLDING.replace("      <postTransactionAmounts>", f"{coding}      <postTransactionAmounts>")


def _derivatives(form: FormType) -> str:
    """Table II with one line, a holding where the form takes no transactions."""
    if form.takes(Table.II, LineKind.TRANSACTION):
        return _DERIVATIVES.format(form=form.number)
    return _OF_TRANSACTIONS.sub("", _DERIVATIVES).replace("derivativeTransaction", "derivativeHolding")


def samples(part: str, version: str) -> tuple[str, str]:
    """A document that is right by the schema of this part and version, and one with a single mistake."""
    if part == SUBMISSION:
        return _SUBMISSION, _SUBMISSION.replace("<testOrLive>TEST<", "<testOrLive>MAYBE<")
    form, document_type = next((form, kind) for schema, form, kind in schema_names() if schema == part)
    trades = form.takes(Table.I, LineKind.TRANSACTION)
    good = _DOCUMENT.format(
        document_type=document_type,
        line=_TRANSACTION.format(form=form.number) if trades else _NOTED_HOLDING,
        original="  <dateOfOriginalSubmission>2026-11-19</dateOfOriginalSubmission>\n"
        if is_amendment(document_type)
        else "",
        plan="  <aff10b5One>false</aff10b5One>\n" if form.has(Feature.PLAN_BOX, version) else "",
    )
    right, wrong = (">S</transactionCode>", ">K</transactionCode>") if trades else (">I</value>", ">X</value>")
    return good, good.replace(right, wrong)
