"""The copy protection of an EPUB, which is refused."""

from audiobook.readers.html.markup import attribute, name_of, parse
from audiobook.readers.zip_archive import Archive

_OBFUSCATION = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}  # of fonts only
_SIGNS = (
    ("META-INF/sinf.xml", "Apple FairPlay"),
    ("META-INF/license.lcpl", "Readium LCP"),
    ("META-INF/rights.xml", "Adobe ADEPT"),
)
_HINT = "only books without copy protection can be read; buy or borrow it without, or as plain text"


def check_unprotected(archive: Archive) -> None:
    """Raises BookError where the book's text is encrypted."""
    scheme = next((name for member, name in _SIGNS if archive.has(member)), None)
    if scheme or _is_encrypted(archive):
        raise archive.error(f"the book is DRM-protected{f' ({scheme})' if scheme else ''}", hint=_HINT)


def _is_encrypted(archive: Archive) -> bool:
    data = archive.document("META-INF/encryption.xml")
    root = parse(data, soup=False) if data else None
    if root is None:
        return False
    methods = [e for e in root.iter() if name_of(e) == "encryptionmethod"]
    inside_keys = {m for k in root.iter() if name_of(k) == "encryptedkey" for m in k.iter() if m is not k}
    return any(attribute(m, "Algorithm") not in _OBFUSCATION for m in methods if m not in inside_keys)
