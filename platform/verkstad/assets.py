"""Where the files beside the code lie: one level up in a checkout, inside the package in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def asset_root(kind: str) -> Path:
    """The folder ``templates``, ``static``, ``translations`` or ``migrations``.

    Raises:
        FileNotFoundError: the installation is broken.
    """
    for base in (_PACKAGE, _PACKAGE.parent, _PACKAGE.parent.parent):
        if (base / kind).is_dir():
            return base / kind
    raise FileNotFoundError(kind)
