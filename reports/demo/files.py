"""Files of the demo county: each its own, because one file at two problems is a contradiction that the product shows."""

from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile

_EMPTY = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_serial = count(1)


def paper_file(name: str) -> SimpleUploadedFile:
    """A small PDF that no other call gives."""
    return SimpleUploadedFile(name, _EMPTY + b"% " + str(next(_serial)).encode() + b"\n")


def same_file(name: str) -> SimpleUploadedFile:
    """A small PDF that every call gives again."""
    return SimpleUploadedFile(name, _EMPTY)
