"""What the values of an old .xls/.et workbook hide: formulas and their faults, and cells far away.

Only the directory of the container and the heads of the records are read; values are left to the library.
"""

import struct
from collections.abc import Iterator

from .hidden import Hidden

_FREE, _LONGEST = 0xFFFFFFFA, 1_000_000
_BOUNDSHEET, _EOF, _BOOLERR = 0x0085, 0x000A, 0x0205
_FORMULAS = (0x0006, 0x0206, 0x0406)
_CELLS = (*_FORMULAS, _BOOLERR, 0x0203, 0x027E, 0x00BD, 0x00FD, 0x0204)


def examine_legacy(data: bytes) -> dict[str, Hidden]:
    """Sheet name -> formulas, faults and the last cell that holds something; nothing for a container we cannot follow."""
    try:
        stream = _workbook(data)
        return {name: _sheet(stream, offset) for name, offset in _sheets(stream)}
    except (struct.error, LookupError, StopIteration, ValueError, OverflowError):
        return {}  # mangled, or of a kind unknown to us: the library will say whether it can be read


def _workbook(data: bytes) -> bytes:
    """The stream "Workbook" (or "Book") out of the container's sectors."""
    big, small = 1 << struct.unpack_from("<H", data, 30)[0], 1 << struct.unpack_from("<H", data, 32)[0]
    directory_at, cutoff, mini_at = struct.unpack_from("<I", data, 48)[0], *struct.unpack_from("<II", data, 56)
    table = _allocation(data, big)
    directory = _chain(data, big, big, table, directory_at)
    entries = dict(_entries(directory))
    start, size = next(entries[name] for name in ("Workbook", "Book") if name in entries)
    if size >= cutoff:
        return _chain(data, big, big, table, start)[:size]
    mini_table = _numbers(_chain(data, big, big, table, mini_at))
    root = _chain(data, big, big, table, entries["Root Entry"][0])
    return _chain(root, 0, small, mini_table, start)[:size]


def _allocation(data: bytes, size: int) -> tuple[int, ...]:
    sectors = list(struct.unpack_from("<109I", data, 76))
    more = struct.unpack_from("<I", data, 68)[0]
    while more < _FREE and len(sectors) < _LONGEST:
        *found, more = _numbers(data[(more + 1) * size : (more + 2) * size])
        sectors += found
    return _numbers(b"".join(data[(at + 1) * size : (at + 2) * size] for at in sectors if at < _FREE))


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _chain(data: bytes, head: int, size: int, table: tuple[int, ...], at: int) -> bytes:
    parts: list[bytes] = []
    while at < _FREE and len(parts) <= len(table):
        parts.append(data[head + at * size : head + (at + 1) * size])
        at = table[at]
    return b"".join(parts)


def _entries(directory: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        if 2 <= length <= 64:
            name = directory[at : at + length - 2].decode("utf-16-le", "replace")
            yield name, struct.unpack_from("<II", directory, at + 116)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """(kind, place of its content, length) of every record from ``at``."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, length
        at += 4 + length


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    for kind, at, length in _records(stream, 0):
        if kind == _EOF:
            return
        if kind == _BOUNDSHEET:
            offset = struct.unpack_from("<I", stream, at)[0]
            wide, text = stream[at + 7] & 1, stream[at + 8 : at + length]
            yield text.decode("utf-16-le" if wide else "latin-1", "replace"), offset


def _sheet(stream: bytes, offset: int) -> Hidden:
    hidden = Hidden()
    for kind, at, _length in _records(stream, offset):
        if kind == _EOF:
            break
        if kind in _CELLS:
            row, column = struct.unpack_from("<HH", stream, at)
            hidden.last_row, hidden.last_column = max(hidden.last_row, row), max(hidden.last_column, column)
            if kind in _FORMULAS:
                hidden.formulas.add((row, column))
            elif kind == _BOOLERR and stream[at + 7] == 1:
                hidden.faults.add((row, column))
    return hidden
