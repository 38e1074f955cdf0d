"""Small FictionBooks made in code."""

from pathlib import Path

INFO = (
    "<book-title>The Crossing</book-title><author><first-name>Ann</first-name><last-name>Lee</last-name></author>"
    "<lang>en</lang>"
)


def section(title: str, *paragraphs: str) -> str:
    named = f"<title><p>{title}</p></title>" if title else ""
    return f"<section>{named}{''.join(f'<p>{p}</p>' for p in paragraphs)}</section>"


def fb2(bodies: str, *, info: str = INFO, binaries: str = "", encoding: str = "utf-8") -> bytes:
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" '
        f'xmlns:l="http://www.w3.org/1999/xlink"><description><title-info>{info}</title-info></description>'
        f"{bodies}{binaries}</FictionBook>"
    )
    return text.encode(encoding)


def write(path: Path, bodies: str, *, info: str = INFO, binaries: str = "", encoding: str = "utf-8") -> Path:
    path.write_bytes(fb2(bodies, info=info, binaries=binaries, encoding=encoding))
    return path
