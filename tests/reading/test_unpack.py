"""Packed files and archives: what is in them comes out, whatever is wrong is named, nothing runs wild."""

from __future__ import annotations

import bz2
import errno
import gzip
import io
import lzma
import random
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import UnreadableReportError
from onrecord.reading import archive_members
from onrecord.reading.inflate import BrokenPackingError, inflate
from onrecord.reading.unpack import UnpackLimits, open_unpacked

REPORT = b"The mayor of Varn shut the harbour on Monday.\n"
OTHER = b"The ferry to Orle sails again, its owner said.\n"
NOISE = random.Random(7).randbytes(200_000)
Opened = list[tuple[str, bytes] | str]


def unpack(data: bytes, limits: UnpackLimits | None = None) -> Opened:
    """(origin, content) of each file that is opened, the message of each error."""
    found: Opened = []
    for one in open_unpacked(io.BytesIO(data), "in", limits=limits):
        found.append(str(one) if isinstance(one, UnreadableReportError) else (one[0], one[1].read()))
    return found


def make_tar(*members: tuple[str, bytes], format: int = tarfile.PAX_FORMAT) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=format) as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def make_zip(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


class _OneWay(io.RawIOBase):
    """A file that cannot be wound back, so that zip writes the sizes behind the content."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.data += data
        return len(data)


def make_streamed_zip(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = _OneWay()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return bytes(target.data)


TWO = (("2021/a.txt", REPORT), ("b.txt", OTHER))
OPENED_TWO = [("in, 2021/a.txt", REPORT), ("in, b.txt", OTHER)]


def test_file_that_is_not_packed_comes_back_untouched():
    stream = io.BytesIO(REPORT)

    ((origin, opened),) = open_unpacked(stream, "in")

    assert (origin, opened, stream.tell()) == ("in", stream, 0)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gzip", "bzip2", "xz"])
@pytest.mark.parametrize(
    ("content", "members"),
    [
        pytest.param(REPORT, 1, id="one"),
        pytest.param(b"", 1, id="empty"),
        pytest.param(NOISE * 3, 1, id="several pieces"),
        pytest.param(REPORT, 3, id="concatenated"),
    ],
)
def test_packed_file_is_unpacked(pack: Callable[[bytes], bytes], content: bytes, members: int):
    assert unpack(pack(content) * members) == [("in", content * members)]


def test_zero_bytes_behind_a_packed_file_are_padding():
    assert unpack(gzip.compress(REPORT) + bytes(100_000)) == [("in", REPORT)]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(make_tar(*TWO), id="tar"),
        pytest.param(make_tar(*TWO, format=tarfile.GNU_FORMAT), id="GNU tar"),
        pytest.param(make_tar(*TWO)[:3072], id="tar without an end"),
        pytest.param(gzip.compress(make_tar(*TWO)), id="tar.gz"),
        pytest.param(bz2.compress(make_tar(*TWO)), id="tar.bz2"),
        pytest.param(lzma.compress(make_tar(*TWO)), id="tar.xz"),
        pytest.param(make_zip(*TWO), id="zip"),
        pytest.param(make_zip(*TWO, method=zipfile.ZIP_STORED), id="zip, stored"),
        pytest.param(make_streamed_zip(*TWO), id="zip, streamed"),
    ],
)
def test_members_come_in_the_order_of_the_archive(data: bytes):
    assert unpack(data) == OPENED_TWO


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(make_zip(("c", make_tar(*TWO))), id="tar in zip"),
        pytest.param(make_zip(("c", gzip.compress(make_tar(*TWO)))), id="tar.gz in zip"),
        pytest.param(make_tar(("c", make_zip(*TWO))), id="zip in tar"),
    ],
)
def test_archive_in_an_archive_is_opened(data: bytes):
    assert unpack(data) == [("in, c, 2021/a.txt", REPORT), ("in, c, b.txt", OTHER)]


def test_archive_in_two_others_is_named_and_the_next_member_read():
    deep = make_zip(("d.gz", make_zip(("x", gzip.compress(REPORT)))), ("b.txt", OTHER))

    error, good = unpack(deep)

    assert str(error).startswith("in, d.gz, x: an archive inside 2 others is not opened.")
    assert good == ("in, b.txt", OTHER)


def test_gzip_made_of_itself_over_and_over_ends():
    data = REPORT
    for _ in range(40):
        data = gzip.compress(data)

    assert unpack(data) == [
        "in: an archive inside 2 others is not opened. Unpack the outer one and give what comes out."
    ]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(gzip.compress(b"WARC/1.0\r\n") + gzip.compress(REPORT), id="WARC.gz"),
        pytest.param(make_zip(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")), id="docx"),
        pytest.param(make_zip(("mimetype", b"application/epub+zip"), ("a.html", REPORT)), id="epub"),
        pytest.param(bytes(2000), id="zeros"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_what_is_one_file_to_its_reader_stays_as_it_is(data: bytes):
    assert unpack(data) == [("in", data)]


def test_warc_gz_in_an_archive_stays_packed():
    packed = gzip.compress(b"WARC/1.0\r\n" + REPORT)

    assert unpack(make_tar(("a.warc.gz", packed))) == [("in, a.warc.gz", packed)]


@pytest.mark.parametrize(
    "name",
    [".hidden", "a/.hidden/b.txt", "__MACOSX/a.txt", "a/._b.txt", "folder/"],
)
@pytest.mark.parametrize("make", [make_tar, make_zip], ids=["tar", "zip"])
def test_hidden_files_and_folders_are_passed_over(make: Callable[..., bytes], name: str):
    content = b"" if name.endswith("/") else REPORT

    assert unpack(make((name, content), *TWO)) == OPENED_TWO


@pytest.mark.parametrize(
    "name", ["/etc/a.txt", "../a.txt", "a/../../b.txt", "..\\a.txt", "C:\\a.txt", "\\\\host\\a.txt"]
)
@pytest.mark.parametrize("make", [make_tar, make_zip], ids=["tar", "zip"])
def test_path_that_leads_out_of_the_archive_is_named(make: Callable[..., bytes], name: str):
    error, *good = unpack(make((name, REPORT), *TWO))

    assert "its path leads out of the archive" in str(error)
    assert good == OPENED_TWO


def test_path_from_here_is_no_hidden_one():
    assert unpack(make_tar(("./a.txt", REPORT))) == [("in, ./a.txt", REPORT)]


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE]
)
def test_links_and_devices_in_a_tar_are_passed_over(kind: bytes):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.type = kind
        info.linkname = "/etc/passwd"
        archive.addfile(info)
        last = tarfile.TarInfo("b.txt")
        last.size = len(OTHER)
        archive.addfile(last, io.BytesIO(OTHER))

    assert unpack(packed.getvalue()) == [("in, b.txt", OTHER)]


def test_link_in_a_zip_is_passed_over():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("b.txt", OTHER)

    assert unpack(packed.getvalue()) == [("in, b.txt", OTHER)]


@pytest.mark.parametrize(
    ("flags", "method", "reason"),
    [
        pytest.param(1, 8, "it is encrypted", id="encrypted"),
        pytest.param(1, 99, "it is encrypted", id="AES"),
        pytest.param(0, 14, "packed by zip's method 14", id="LZMA"),
        pytest.param(0, 77, "packed by zip's method 77", id="unknown"),
    ],
)
@pytest.mark.parametrize("is_cut", [False, True], ids=["whole", "cut off"])
def test_zip_member_that_is_not_opened_is_named(flags: int, method: int, reason: str, is_cut: bool):
    data = bytearray(make_zip(*TWO))
    listed = data.index(b"PK\x01\x02")
    for at in (6, listed + 8):
        data[at : at + 4] = struct.pack("<HH", flags, method)

    error, good, *_ = unpack(bytes(data[:listed] if is_cut else data))

    assert str(error).startswith("in, 2021/a.txt: ")
    assert reason in str(error)
    assert good == OPENED_TWO[1]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gzip", "bzip2", "xz"])
def test_packed_file_that_is_cut_off_gives_what_came_before_and_is_named(pack: Callable[[bytes], bytes]):
    content = NOISE * 10
    data = pack(content)

    (origin, opened), error = unpack(data[: len(data) * 3 // 4])

    assert origin == "in"
    assert content.startswith(opened)  # type: ignore[arg-type]
    assert len(opened) > 100_000
    assert "ends too early" in str(error)


def test_packed_file_cut_off_at_its_very_beginning_is_only_named():
    (error,) = unpack(gzip.compress(REPORT)[:8])

    assert "in: the gzip data ends too early" in str(error)


def test_damage_behind_a_good_member_is_named():
    assert unpack(gzip.compress(REPORT) + b"more") == [
        ("in", REPORT),
        f"in: what stands behind byte {len(gzip.compress(REPORT))} is not gzip data; what came before is read. Get it again.",
    ]


def test_wrong_checksum_is_named():
    data = bytearray(gzip.compress(REPORT))
    data[-6] ^= 1

    assert "the gzip data is damaged" in str(unpack(bytes(data))[-1])


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(make_tar(*TWO)[:1600], id="tar, in a header"),
        pytest.param(make_tar(("2021/a.txt", REPORT), ("b", NOISE))[:9_000], id="tar, in a member"),
        pytest.param(
            gzip.compress(make_tar(("2021/a.txt", REPORT), ("b", NOISE)), mtime=0)[:150_000], id="tar.gz"
        ),
        pytest.param(make_zip(*TWO)[:-20], id="zip, in its list"),
        pytest.param(make_zip(("2021/a.txt", REPORT), ("b", NOISE))[:9_000], id="zip, in a member"),
        pytest.param(make_streamed_zip(("2021/a.txt", REPORT), ("b", NOISE))[:9_000], id="zip, streamed"),
    ],
)
def test_archive_that_is_cut_off_gives_its_whole_members_and_is_named(data: bytes):
    first, *others, last = unpack(data)

    assert first == OPENED_TWO[0]
    assert set(map(type, others)) <= {str} or others == [OPENED_TWO[1]]
    assert "in: " in str(last)
    assert "what came before is read" in str(last)


def test_all_members_of_a_streamed_zip_without_its_list_are_read():
    data = make_streamed_zip(*TWO, ("c.txt", NOISE))

    *good, error = unpack(data[: data.index(b"PK\x01\x02")])

    assert good == [*OPENED_TWO, ("in, c.txt", NOISE)]
    assert "the list of its members is missing" in str(error)


def test_damaged_zip_member_is_named_and_the_next_one_read():
    data = bytearray(make_zip(*TWO, method=zipfile.ZIP_STORED))
    data[data.index(b"mayor")] ^= 1

    error, good = unpack(bytes(data))

    assert str(error).startswith("in, 2021/a.txt: it is damaged (Bad CRC-32")
    assert good == OPENED_TWO[1]


def test_behind_a_damaged_tar_header_the_next_member_is_read():
    data = bytearray(make_tar(("x", REPORT), *TWO))
    data[0] ^= 1
    data = bytearray(make_tar(("first", OTHER))[:1024]) + data

    first, error, *good = unpack(bytes(data))

    assert first == ("in, first", OTHER)
    assert "a member's header is damaged" in str(error)
    assert good == OPENED_TWO


@pytest.mark.parametrize("format", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT], ids=["pax", "GNU"])
def test_long_names_and_letters_of_any_script_are_kept(format: int):
    name = "новости/" + "a" * 150 + ".txt"

    assert unpack(make_tar((name, REPORT), format=format)) == [(f"in, {name}", REPORT)]


def test_origin_is_one_line_and_not_too_long():
    ((origin, _),) = unpack(make_tar(("a\n\x1b[2J\udcff" + "b" * 1000, REPORT)))

    assert origin.startswith("in, a��[2J")
    assert len(origin) < 320


def test_sparse_file_is_named():
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.pax_headers = {"GNU.sparse.major": "1"}
        archive.addfile(info)

    assert "it is a sparse file" in str(unpack(packed.getvalue())[0])


def test_zip_member_without_a_name_is_read():
    assert unpack(make_zip(("x", REPORT)).replace(b"x", b"\x00")) == [("in, ", REPORT)]


def test_archive_without_files_is_named():
    assert unpack(make_zip()) == ["in: the archive holds no files. Give one with reports in it."]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(gzip.compress(bytes(60_000_000)), id="gzip"),
        pytest.param(bz2.compress(bytes(60_000_000)), id="bzip2"),
        pytest.param(lzma.compress(bytes(60_000_000), preset=0), id="xz"),
        pytest.param(make_zip(("a", bytes(60_000_000))), id="zip"),
        pytest.param(make_zip(("a", bytes(60_000_000)))[:-30], id="zip without its list"),
        pytest.param(gzip.compress(make_tar((".a", bytes(60_000_000)))), id="hidden in a tar.gz"),
        pytest.param(
            make_zip(*((f"{n}.gz", gzip.compress(bytes(20_000_000))) for n in range(3))), id="nested"
        ),
    ],
)
def test_bomb_is_named_and_given_up(data: bytes):
    *_, error = unpack(data)

    assert str(error).startswith("in: unpacks to more than 50,000,000 bytes.")


def test_good_members_before_a_bomb_are_read():
    first, _ = unpack(make_zip(("a.txt", REPORT), ("b", bytes(60_000_000))))

    assert first == ("in, a.txt", REPORT)


def test_bomb_with_members_that_lie_over_one_another_is_given_up():
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = kernel.compress(bytes(3_000_000)) + kernel.flush()
    crc = zlib.crc32(bytes(3_000_000))
    local = struct.pack("<4sHHHIIIIHH", b"PK\x03\x04", 20, 0, 8, 0, crc, len(packed), 3_000_000, 1, 0) + b"a"
    listed = (
        struct.pack(
            "<4sHHHHIIIIHHHHHII",
            b"PK\x01\x02",
            20,
            20,
            0,
            8,
            0,
            crc,
            len(packed),
            3_000_000,
            1,
            0,
            0,
            0,
            0,
            0,
            0,
        )
        + b"a"
    )
    body = local + packed
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 500, 500, 500 * len(listed), len(body), 0)

    found = unpack(body + listed * 500 + end)

    assert len(found) < 600
    assert sum(len(f[1]) for f in found if isinstance(f, tuple)) <= 50_000_000


@pytest.mark.parametrize("make", [make_tar, make_zip], ids=["tar", "zip"])
def test_member_that_is_too_large_is_named_and_the_next_one_read(make: Callable[..., bytes]):
    data = make(("a", NOISE), *TWO)

    error, *good = unpack(data, UnpackLimits(max_member_bytes=100_000))

    assert str(error).startswith("in, a: unpacked it has more than 100,000 bytes.")
    assert good == OPENED_TWO


@pytest.mark.parametrize("make", [make_tar, make_zip], ids=["tar", "zip"])
def test_too_many_members_are_named(make: Callable[..., bytes]):
    found = unpack(make(*((f"{n}", REPORT) for n in range(9))), UnpackLimits(members=5))

    assert len(found) == 6
    assert "in: has more than 5 members." in str(found[-1])


def test_unpacking_that_takes_too_long_is_given_up():
    (error,) = unpack(gzip.compress(REPORT), UnpackLimits(seconds=-1.0))

    assert "seconds to unpack" in str(error)


def test_list_of_zip_members_beyond_all_measure_is_not_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive_members, "MAX_ZIP_LIST_BYTES", 5_000)
    (error,) = unpack(make_zip(*((f"{n}", b"") for n in range(200))))

    assert "the list of its members is longer" in str(error)


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.XGLTYPE])
def test_tar_name_of_gigabytes_is_not_read_into_memory(kind: bytes):
    note = tarfile.TarInfo("x")
    note.type, note.size = kind, 40_000_000
    data = gzip.compress(note.tobuf() + bytes(note.size) + make_tar(*TWO))

    assert unpack(data) == OPENED_TWO


def test_xz_that_asks_for_gigabytes_of_memory_is_named():
    data = bytearray(lzma.compress(REPORT, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 4096}]))
    header = data[12:24]
    header[4] = 38  # a dictionary of 2 GB
    header[8:12] = struct.pack("<I", zlib.crc32(header[:8]))
    data[12:24] = header

    (error,) = unpack(bytes(data))

    assert "Memory usage limit" in str(error)


def test_thousands_of_empty_members_end():
    with pytest.raises(BrokenPackingError, match="thousands of empty"):
        list(inflate(io.BytesIO(gzip.compress(b"") * 10_010), "gzip"))


def test_large_member_lies_on_disk_under_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    opened = open_unpacked(io.BytesIO(make_zip(("a", NOISE * 60))), "in")

    _, stream = next(opened)  # type: ignore[misc]

    assert stream._rolled  # type: ignore[union-attr]
    assert list(tmp_path.iterdir()) == []
    opened.close()  # type: ignore[attr-defined]
    assert stream.closed  # type: ignore[union-attr]


def test_full_disk_is_named(monkeypatch: pytest.MonkeyPatch):
    class FullDisk(io.BytesIO):
        def write(self, data: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: FullDisk())

    (error,) = unpack(make_zip(("a", NOISE * 60)))

    assert "cannot be unpacked (No space left on device)" in str(error)


def read_safely(data: bytes) -> Opened:
    found = unpack(data, UnpackLimits(min_bytes=1_000_000))
    for one in found:
        text = one if isinstance(one, str) else one[0]
        assert text.startswith("in")
        assert "\n" not in text
    return found


GOOD = [
    gzip.compress(REPORT, mtime=0) * 2,
    bz2.compress(REPORT),
    lzma.compress(REPORT),
    make_tar(*TWO),
    make_tar(("a" * 120, REPORT), *TWO, format=tarfile.GNU_FORMAT),
    gzip.compress(make_tar(*TWO), mtime=0),
    make_zip(*TWO),
    make_streamed_zip(*TWO),
    make_zip(("c", make_tar(*TWO)), method=zipfile.ZIP_STORED),
]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([b"", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00", b"PK\x03\x04", b"PK\x05\x06"]),
    st.binary(),
)
def test_any_bytes_are_opened_or_named(head: bytes, data: bytes):
    assert read_safely(head + data) == read_safely(head + data)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(GOOD), st.integers(0, 10**6))
def test_archive_that_ends_anywhere_never_fails(data: bytes, end: int):
    assert read_safely(data[: end % len(data)]) == read_safely(data[: end % len(data)])


@settings(max_examples=250, deadline=None)
@given(
    st.sampled_from(GOOD),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_archive_with_changed_bytes_never_fails(data: bytes, changes: list[tuple[int, int]]):
    broken = bytearray(data)
    for at, value in changes:
        broken[at % len(broken)] = value

    assert read_safely(bytes(broken)) == read_safely(bytes(broken))
