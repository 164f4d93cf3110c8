"""An archive → the documents in it, each in a folder of its own, archives in archives too. Runs in a worker."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path, PurePath
from typing import IO

from extractor.batch.answer import Failure
from extractor.batch.archives.members import DEPTH, Budget, Exhausted, Member, Refused, Unpacked, archive_kind
from extractor.batch.discover import DOCUMENTS, is_document, is_hidden, is_output
from extractor.present.files import MARKED, safe_name
from extractor.read.kinds import EMAIL, Kind

SHARE = 2
"""An archive may fill one part in so many of the room that is left for temporary files."""

Write = Callable[[IO[bytes]], None]
"""Writes the content of a member; raises Refused."""


def unpack(path: Path, into: Path, name: str) -> Unpacked:
    """The documents in an archive, which the result calls `name`, taken out into a folder. Raises MemoryError."""
    shutil.rmtree(into, ignore_errors=True)  # what a worker left that was killed
    into.mkdir(parents=True)
    budget = Budget()
    budget.size = min(budget.size, shutil.disk_usage(into).free // SHARE)
    unpacking = Unpacking(into, budget)
    unpacking.archive(path, name, 1, archive_kind(path))
    return Unpacked(tuple(unpacking.members), unpacking.skipped)


def safe_parts(name: str) -> tuple[str, ...] | None:
    """The parts of a member's name, without characters that command; None where it leads out of the archive.

    >>> safe_parts("a/./b\\\\报告.docx"), safe_parts("../a.pdf"), safe_parts("/etc/a.pdf"), safe_parts("C:a.pdf")
    (('a', 'b', '报告.docx'), None, None, None)
    """
    plain = "".join("_" if unicodedata.category(each) in ("Cc", "Cs", "Cf") else each for each in name.replace("\\", "/"))
    parts = tuple(part for part in plain.split("/") if part not in ("", "."))
    if plain.startswith("/") or re.match("[A-Za-z]:", plain) or ".." in parts or not parts:
        return None
    return parts


class Unpacking:
    """The documents found so far; every archive leads back here, so that the limits are those of all together."""

    def __init__(self, into: Path, budget: Budget) -> None:
        self._into, self.budget = into, budget
        self.members: list[Member] = []
        self.skipped = 0
        self._number = self._too_deep = 0
        self._names: set[str] = set()
        self._numbers: dict[str, int] = {}  # the last one of each name, as many members may have one

    def archive(self, path: Path, name: str, depth: int, kind: Kind | None) -> None:
        """All that is in an archive; where something of it is refused, one record of the archive says so."""
        place, too_deep = len(self.members), self._too_deep
        problems: list[Failure] = []
        try:
            self._read(path, name, depth, kind, problems)
        except Exhausted as end:
            if depth > 1:
                raise
            problems.append(end.failure)
        except Refused as refused:
            problems.append(refused.failure)
        except OSError as error:
            problems.append(Failure("broken", f"无法读取（{error.strerror}）；请检查权限"))
        if depth == 1 and self._too_deep:
            problems.append(Failure("archive_limit", f"嵌套超过 {DEPTH} 层的压缩包或邮件 {self._too_deep} 个，未读取；请解压后再读"))
        if not problems and len(self.members) == place and self._too_deep == too_deep:
            what = "邮件没有可读取的附件；正文未作为报告读取" if kind is EMAIL else "压缩包中没有可读取的文件"
            problems.append(Failure("no_documents", what))
        self._note(place, name, kind)
        if problems:
            told = Failure(problems[0].code, "；".join(problem.message for problem in problems))
            self.members.insert(place, Member(path, name, told))

    def _note(self, place: int, name: str, kind: Kind | None) -> None:
        """That the archive bears the name of another type is noted on its first document."""
        suffix = PurePath(name).suffix.lower()
        if kind is None or suffix in kind.suffixes or suffix not in DOCUMENTS:
            return
        found = next((at for at, member in enumerate(self.members) if at >= place and not member.failure), None)
        if found is not None and not self.members[found].note:
            self.members[found] = replace(self.members[found], note="extension_mismatch")

    def _read(self, path: Path, name: str, depth: int, kind: Kind | None, problems: list[Failure]) -> None:
        if kind is EMAIL:
            from extractor.batch.archives.mails import MailBox

            MailBox(self, name, depth, problems).read(path)
        else:
            from extractor.batch.archives.zips import take_out

            take_out(self, path, name, depth, problems)

    def unique(self, folder: str, parts: Iterable[str]) -> str:
        """What the result shows of a member; a second one of the same name gets a number."""
        plain = "/".join([folder, *parts])
        stem, dot, suffix = plain.rpartition(".")
        if not dot or "/" in suffix:
            stem, suffix = plain, ""
        number, name = self._numbers.get(plain, 1), plain
        while name in self._names:
            number += 1
            name = f"{stem}~{number}{dot if suffix else ''}{suffix}"
        self._names.add(name)
        self._numbers[plain] = number
        return name

    def is_wanted(self, parts: Iterable[str]) -> bool:
        """Are members of this name taken out? What has no ending is, as its content may tell."""
        own = list(parts)
        if any(map(is_hidden, own)):
            return False
        suffix = PurePath(own[-1]).suffix.lower()
        return not suffix or suffix in DOCUMENTS

    def take(self, folder: str, parts: tuple[str, ...], depth: int, write: Write, note: str | None = None) -> None:
        """One member: a document, an archive, or what turns out to be neither."""
        self._number += 1
        home = self._into / str(self._number) / (MARKED if MARKED in parts[-2:-1] else "")
        home.mkdir(parents=True)
        path = home / safe_name(parts[-1])
        self.budget.begin()
        try:
            with path.open("xb") as stream:
                write(stream)
        except Refused as refused:
            path.unlink()
            if isinstance(refused, Exhausted):
                raise
            self.members.append(Member(path, self.unique(folder, parts), refused.failure))
            return
        except OSError as error:
            raise Exhausted("archive_limit", f"解压时写不下（{error.strerror}），其余未读取；请解压后再读") from None
        self._taken(path, folder, parts, depth, note)

    def _taken(self, path: Path, folder: str, parts: tuple[str, ...], depth: int, note: str | None) -> None:
        kind = archive_kind(path)
        if not kind and (not is_document(path) or is_output(path)):
            self.skipped += 1
        elif not kind:
            self.members.append(Member(path, self.unique(folder, parts), note=note))
            return
        elif depth == DEPTH:
            self._too_deep += 1
        else:
            self.archive(path, self.unique(folder, parts), depth + 1, kind)
        path.unlink()
