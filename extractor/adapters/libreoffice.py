"""LibreOffice without a window: converts old office files into formats that our own readers take.

It runs with a profile of its own, without macros and without network access, and is killed with all its
children when it takes too long or when this process dies.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

from extractor.model.document import Unreadable

INSTALL = "请安装 LibreOffice（https://www.libreoffice.org；Debian/Ubuntu：apt install libreoffice-writer libreoffice-calc）"
SHARE = 4 / 5
"""The share of the time limit of a file that LibreOffice may take."""
_MEMORY, _OUTPUT = 4 << 30, 512 << 20
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
_GUARD = """
exec 3<&0
{ cat <&3 >/dev/null; kill -KILL 0; } &
"$@" </dev/null >/dev/null 2>&1 3<&-
"""
"""Runs a command; when its input is closed, as it is when the parent dies, the command and its children are killed."""
_OPTIONS = (
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
)
"""No macros, no updating of links, and a proxy that does not answer."""
_PROXIES, _NO_PROXIES = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), ("no_proxy", "NO_PROXY")
"""Environment variables with the same proxy, for libraries that do not read the profile."""

_LIBRARIES = {"swlo": "writer", "sclo": "calc"}

_seconds = 96.0


def limit(seconds: float) -> None:
    """Set the time limit of a file, conversion included."""
    global _seconds
    _seconds = max(1.0, seconds * SHARE)


def office() -> str | None:
    """The path of LibreOffice; None if it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


@dataclass(frozen=True, slots=True)
class Office:
    """LibreOffice as described by its files; `version` and `parts` (writer, calc) are None if unknown."""

    program: str
    version: str | None = None
    parts: frozenset[str] | None = None


def installed() -> Office | None:
    """The installed LibreOffice, found without running it."""
    program = office()
    if program is None:
        return None
    home = Path(program).resolve().parent
    folders = (home, home.parent / "Resources", home.parent / "Frameworks")
    told = [_product(file) for folder in folders for file in folder.glob("bootstrap*") if file.name in ("bootstraprc", "bootstrap.ini")]
    libraries = {file.stem.removeprefix("lib") for folder in folders for file in folder.glob("*lo.*")}
    if not libraries & _LIBRARIES.keys():
        return Office(program, next(filter(None, told), None))
    return Office(program, next(filter(None, told), None), frozenset(_LIBRARIES[name] for name in libraries & _LIBRARIES.keys()))


def _product(file: Path) -> str | None:
    """ProductKey=LibreOffice 7.4 → 7.4"""
    found = re.search(r"^ProductKey=\D*([\d.]+)", file.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
    return found[1] if found else None


def converted(data: bytes, suffix: str, target: str) -> bytes:
    """The same file as docx or xlsx; `suffix` is the ending that its content should have. Raises Unreadable."""
    program = office()
    if program is None:
        raise Unreadable("needs_libreoffice", f"读取此类文件（{suffix}）需要 LibreOffice，本机没有；{INSTALL}，或另存为 {target} 后再读")
    with tempfile.TemporaryDirectory(prefix="extract-office-", ignore_cleanup_errors=True) as folder:
        source, result = Path(folder, f"in{suffix}"), Path(folder, "out", f"in.{target}")
        source.write_bytes(data)
        flags = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard")
        places = ("--convert-to", target, "--outdir", str(result.parent), str(source))
        _run([program, f"-env:UserInstallation={_profile().as_uri()}", *flags, *places])
        try:
            return result.read_bytes()
        except OSError as error:
            raise Unreadable("broken", "LibreOffice 未能打开此文件：可能已损坏或有密码；请另存为新格式后再读") from error


def _run(command: Sequence[str]) -> None:
    """Runs a command until it ends or its time is up; no process of it survives."""
    is_windows = sys.platform == "win32"
    guarded = list(command) if is_windows else ["/bin/sh", "-c", _GUARD, "sh", *command]
    environment = os.environ | dict.fromkeys(_PROXIES, "http://127.0.0.1:9") | dict.fromkeys(_NO_PROXIES, "")
    with _limits_of_its_own():
        process = subprocess.Popen(
            guarded,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=not is_windows,
        )
    try:
        process.wait(_seconds)
    except subprocess.TimeoutExpired:
        _kill(process)  # first, or it would write to its profile again
        shutil.rmtree(_profile(), ignore_errors=True)  # its lock file would stop the next run
        _profile.cache_clear()
        raise Unreadable(
            "timed_out", f"LibreOffice 转换超过 {_seconds:.0f} 秒，已中止；可用 --timeout 放宽后以 --retry-failed 重试"
        ) from None
    finally:
        _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kills a process with all that it started."""
    if sys.platform == "win32":
        if process.poll() is None:
            tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
            subprocess.run(tree, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # it has its own session, so that nothing else is in the group
    pipe: IO[bytes] | None = process.stdin
    if pipe:
        pipe.close()
    process.wait()


@contextmanager
def _limits_of_its_own() -> Iterator[None]:
    """A process started in this block may map more memory than this one, and write less to disk."""
    if sys.platform == "win32":
        yield
        return
    import resource

    changed = {resource.RLIMIT_AS: _MEMORY, resource.RLIMIT_FSIZE: _OUTPUT}
    before = {kind: resource.getrlimit(kind) for kind in changed}
    try:
        for kind, size in changed.items():
            hard = before[kind][1]
            with suppress(ValueError, OSError):
                resource.setrlimit(kind, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))
        yield
    finally:
        for kind, limits in before.items():
            with suppress(ValueError, OSError):
                resource.setrlimit(kind, limits)


@lru_cache(maxsize=1)
def _profile() -> Path:
    """The LibreOffice profile of this process, created on first use."""
    folder = Path(tempfile.mkdtemp(prefix="extract-profile-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _OPTIONS
    )
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>',
        encoding="utf-8",
    )
    return folder
