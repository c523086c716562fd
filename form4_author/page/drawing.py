"""A filing -> the printed form: HTML by Jinja, and from it PDF by WeasyPrint.

The HTML is one file that refers to nothing outside itself. The PDF is tagged (PDF/UA-1), its fonts are the ones that
ship with the tool, and it is the same to the last byte wherever the same versions of the libraries run: no dates, no
chance, and nothing that a machine has installed or that an author wrote is ever fetched.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import hashlib
import os
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from form4_author.filing import Filing, FormType, ReportingOwner, form_of
from form4_author.masking import without_known
from form4_author.page import printed, printer, tags
from form4_author.page.font_names import settle_font_names
from form4_author.page.fonts import FACES, cut_down
from form4_author.page.memo import Memo
from form4_author.page.proof import Proof
from form4_author.page.redline import alone, beside
from form4_author.page.summary_page import SummaryPage
from form4_author.page.templates import STYLES, Templates, built_in, of_memos, of_summaries
from form4_author.resources import resource

_SCHEME = "form4-font:"
#: What is set for a page while it is drawn is set for the whole process: threads draw one after the other.
_ONE_AT_A_TIME = threading.Lock()
#: Holds the place of a font on a page while it is drawn: which characters it needs is known then. No XML has this sign.
_HELD = "\x1a"
_FACE = (
    '@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
    'src: url("{url}") }}\n'
)


def html(
    filing: Filing,
    *,
    document_hash: str = "",
    draft: bool = False,
    proof: Proof | None = None,
    against: Filing | None = None,
    fonts: bool = True,
    templates: Templates | None = None,
) -> str:
    """The printed form of a filing as one self-contained HTML file, stylesheet and fonts within.

    Args:
        filing: what to print; where a value is no number or date, its text is shown as it stands.
        document_hash: SHA-256 of the XML document in hex, for the foot of each page; none is shown where empty.
        draft: lays `DRAFT` over each page.
        proof: the proof sheet to append, if any.
        against: marks what differs from this other filing, what that one says struck through.
        fonts: embeds the fonts; without them a browser takes what it has.
        templates: what to draw it with; the built-in templates by default.

    Raises:
        Rejected: a firm's own template fails (TPL003).
    """
    options: dict[str, Any] = {"document_hash": document_hash, "draft": draft, "proof": proof, "against": against}
    links = {face.file: _HELD + face.file + _HELD for face in FACES} if fonts else {}
    return _with_fonts(_render(filing, links, templates=templates, **options))


def pdf(
    filing: Filing,
    *,
    document_hash: str = "",
    draft: bool = False,
    proof: Proof | None = None,
    against: Filing | None = None,
    templates: Templates | None = None,
) -> bytes:
    """The printed form of a filing as a PDF, Letter, landscape.

    Args:
        filing: as for `html`.
        document_hash: as for `html`.
        draft: as for `html`.
        proof: as for `html`.
        against: as for `html`.
        templates: as for `html`.

    Raises:
        Rejected: as for `html`.
    """
    options: dict[str, Any] = {"document_hash": document_hash, "draft": draft, "proof": proof, "against": against}
    links = {face.file: _SCHEME + face.file for face in FACES}
    if templates is None:
        return _print(_render(filing, links, styles_apart=True, **options), styles_of=form_of(filing))
    text = _render(filing, {}, templates=templates, **options)
    faces = "".join(_FACE.format(face=face, url=url) for face, url in zip(FACES, links.values(), strict=True))
    try:
        return _print(text, faces)
    except (OSError, MemoryError):
        raise
    except Exception as fault:  # noqa: BLE001 - a firm's page may be anything
        raise templates.unprintable(form_of(filing).template, fault) from None


def memo_html(memo: Memo) -> str:
    """A pre-clearance memo as one self-contained HTML file, stylesheet, fonts and picture within."""
    return _with_fonts(_memo(memo, {face.file: _HELD + face.file + _HELD for face in FACES}))


def memo_pdf(memo: Memo) -> bytes:
    """A pre-clearance memo as a PDF, Letter, landscape."""
    return _print(_memo(memo, {face.file: _SCHEME + face.file for face in FACES}))


def summary_html(page: SummaryPage) -> str:
    """The summary of several forms as one HTML file, in the fonts of whoever looks at it."""
    return without_known(of_summaries().render("summary.html.j2", {"page": page}))


def _memo(memo: Memo, links: Mapping[str, str]) -> str:
    fonts = [(face, printed.Whole(links[face.file])) for face in FACES if face.file in links]
    return without_known(of_memos().render("memo.html.j2", {"memo": memo, "fonts": fonts}))


def _render(
    filing: Filing,
    links: Mapping[str, str],
    *,
    against: Filing | None = None,
    templates: Templates | None = None,
    styles_apart: bool = False,
    **options: Any,
) -> str:
    form = form_of(filing)
    context = {
        "filing": filing,
        "form": form,
        "owners": filing.owners or (ReportingOwner(),),
        "beside": alone(filing) if against is None else beside(filing, against),
        "redline": against is not None,
        "edition": printed.Edition.of(filing),
        "noted": {note.id.text for note in filing.footnotes},
        "back_links": printed.back_links(filing),
        "fonts": [(face, printed.Whole(links[face.file])) for face in FACES if face.file in links],
        "styles_apart": styles_apart,
        **options,
    }
    return without_known((templates or built_in()).render(form.template, context))


def _with_fonts(text: str) -> str:
    """A page with its fonts, cut down to what is on it, in the places that were held for them."""
    signs = frozenset(text) - {_HELD}
    for face in FACES:
        place = _HELD + face.file + _HELD
        if place in text:
            font = base64.b64encode(cut_down(face, signs)).decode("ascii")
            text = text.replace(place, f"data:font/ttf;base64,{font}")
    return text


def _print(text: str, faces: str = "", *, styles_of: FormType | None = None) -> bytes:
    """The PDF of a page's HTML.

    Args:
        text: the HTML.
        faces: a stylesheet with the fonts, for a page that may not name them: Pango fails where it finds none.
        styles_of: the form whose built-in stylesheet is not within the HTML, and is laid on it here.
    """
    with _ONE_AT_A_TIME, _own_fonts_only(), _without_looking_for_garbage():
        weasyprint = printer.weasyprint()
        fetch = _OwnFonts(text, weasyprint.urls.URLFetcherResponse)
        document = weasyprint.HTML(string=text, url_fetcher=fetch)
        fonts = weasyprint.text.fonts.FontConfiguration()
        sheets = [weasyprint.CSS(string=faces, url_fetcher=fetch, font_config=fonts)] if faces else []
        if styles_of is not None:
            sheets.append(_built_in_styles(weasyprint.CSS, styles_of))
        written: bytes = document.write_pdf(
            stylesheets=sheets,
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            pdf_identifier=hashlib.sha256(text.encode()).hexdigest()[:32].encode(),
            full_fonts=True,  # they are cut down already, see page_fonts
            finisher=_finish,
        )
        return written


@cache
def _built_in_styles(read: Callable[..., Any], form: FormType) -> Any:
    """The built-in stylesheet, read once for all pages of a run: that takes a fifteenth of the time of a short one."""
    return read(string=built_in().environment.get_template(STYLES).render(form=form))


def _finish(document: object, pdf: Any) -> None:
    tags.finish(document, pdf)
    settle_font_names(pdf)


class _OwnFonts:
    """What WeasyPrint may fetch: the page's own fonts, and nothing that a text or a stylesheet asks for."""

    _fail_on_errors = False  # WeasyPrint asks for it where something is refused

    def __init__(self, text: str, response: Callable[[str, bytes], Any]) -> None:
        self.text = text
        self.response = response

    def __call__(self, url: str) -> Any:
        for face in FACES:
            if url == _SCHEME + face.file:
                return self.response(url, cut_down(face, self.text))
        raise ValueError("the page refers to nothing outside itself")


@contextlib.contextmanager
def _own_fonts_only() -> Iterator[None]:
    """Let Fontconfig see no font of the machine's, so that the page looks the same on each."""
    name = "FONTCONFIG_FILE"
    before = os.environ.get(name)
    os.environ[name] = str(resource("fonts", "fonts.conf"))
    try:
        with warnings.catch_warnings():
            # Both are about what this page does without: the machine's fonts, and another way to cut fonts down.
            warnings.filterwarnings("ignore", message="No fonts configured", category=UserWarning)
            warnings.filterwarnings("ignore", message="HarfBuzz-Subset", category=DeprecationWarning)
            yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


@contextlib.contextmanager
def _without_looking_for_garbage() -> Iterator[None]:
    """Keep Python from going through all objects again and again while a page is made of ever more of them."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
