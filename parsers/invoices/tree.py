"""The XML of an invoice as a tree, read so that it can do nothing but hold text.

The bytes are decoded here and not by the parser, so that a document type or an entity cannot hide
in an encoding: a file that has one is refused before it is parsed. Nothing is fetched or expanded.
"""

import codecs
import re
from typing import TYPE_CHECKING

from parsers.grids.container import ContainerError
from parsers.invoices.roots import encoding_mark
from parsers.problems import Code

if TYPE_CHECKING:
    from lxml.etree import _Element

XML_BYTES_MAX = 48 << 20
TEXT_CHARACTERS_MAX = 2_000
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,400}\?>")
_DECLARED = re.compile(rb"<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_DEFINITIONS = re.compile(r"<!(?:DOCTYPE|ENTITY)")


class Node:
    """An element and what lies under it, found by local names: dialects differ in their namespaces."""

    def __init__(self, element: "_Element") -> None:
        self._element = element

    def all(self, path: str) -> list["Node"]:
        """Every element at a path like `A/B`."""
        steps = "/".join("{*}" + step for step in path.split("/"))
        return [Node(found) for found in self._element.iterfind(steps)]

    def first(self, path: str) -> "Node | None":
        """The first element at a path, where several may stand."""
        found = self.all(path)
        return found[0] if found else None

    def only(self, path: str) -> "Node | None":
        """The one element at a path; of two that say different things neither is taken: ContainerError."""
        found = self.all(path)
        if len(found) > 1 and len({node.content for node in found}) > 1:
            raise ContainerError(Code.DAMAGED, detail=f"{len(found)} × {path.rpartition('/')[2]}")
        return found[0] if found else None

    def text(self, path: str) -> str | None:
        """The text of the one element at a path."""
        node = self.only(path)
        return None if node is None else node.value

    def texts(self, path: str) -> tuple[str, ...]:
        """The texts of all elements at a path that have one."""
        return tuple(node.value for node in self.all(path) if node.value)

    def attribute(self, name: str) -> str | None:
        """An attribute of the element itself."""
        value = self._element.get(name)
        return None if value is None else str(value).strip() or None

    @property
    def content(self) -> tuple[str, ...]:
        """Every text in the element and below."""
        return tuple(text for piece in self._element.itertext() if (text := str(piece).strip()))

    @property
    def value(self) -> str | None:
        """The element's own text with its blanks folded; None where it is empty."""
        return " ".join((self._element.text or "")[:TEXT_CHARACTERS_MAX].split()) or None


def parse_xml(content: bytes) -> Node:
    """The root of an XML file. Raises ContainerError for what is too large, defines entities or is broken."""
    from lxml import etree  # noqa: PLC0415 - only where an invoice is read

    if len(content) > XML_BYTES_MAX:
        raise ContainerError(Code.ARCHIVE_BOMB)
    text = _decoded(content)
    declaration = _DECLARATION.match(text)
    text = text[declaration.end() :] if declaration else text
    if _DEFINITIONS.search(text):
        raise ContainerError(Code.XML_DEFINITIONS)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,  # attachments inside an invoice are longer than the parser's usual limit
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        return Node(etree.fromstring(text.encode(), parser))
    except etree.XMLSyntaxError:
        raise ContainerError(Code.DAMAGED, detail="XML") from None


def _decoded(content: bytes) -> str:
    declared = _DECLARED.match(content.lstrip())
    name = encoding_mark(content) or (declared[1].decode() if declared else "utf-8")
    try:
        return codecs.decode(content, name if _is_known(name) else "utf-8")
    except (UnicodeError, LookupError):
        raise ContainerError(Code.DAMAGED, detail=f"XML, {name}") from None


def _is_known(name: str) -> bool:
    try:
        return codecs.lookup(name).name in _ENCODINGS
    except LookupError:
        return False


_ENCODINGS = frozenset(
    codecs.lookup(name).name
    for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "ascii", "latin-1",
                 "iso8859-2", "iso8859-15", "cp1252", "cp1250", "cp850")
)  # fmt: skip
