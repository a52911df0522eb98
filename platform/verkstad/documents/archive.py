"""Changing single parts of the zip files that docx and odt are."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

from lxml import etree

Edit = Callable[[bytes], bytes]


def edited(archive: bytes, edits: Mapping[str, Edit], added: Mapping[str, bytes] | None = None) -> bytes:
    """The archive with each named part run through its edit and new parts added; all else, and the order, is kept."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            edit = edits.get(part.filename)
            # The same ZipInfo keeps how the part was packed: odt's first must stay unpacked.
            new.writestr(part, edit(content) if edit else content)
        for name, content in (added or {}).items():
            new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def parsed(xml: bytes) -> etree._Element:
    """XML that a program of ours wrote; nothing is fetched or expanded all the same."""
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
