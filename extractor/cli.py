"""The `extract` command: arguments, streams, exit codes. Imports are local, so that help is instant."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Sequence
from typing import IO, Any, TypeGuard

from extractor.command.parser import parse
from extractor.messages import message
from extractor.present.printable import tell

WRONG_USAGE, INTERRUPTED = 2, 130
REFUSED = (errno.EACCES, errno.EPERM, errno.ENAMETOOLONG, errno.ENOTDIR, errno.ELOOP, errno.EROFS)
"""What a system says of a path that it will not have: the user can name another one."""

UNWRITTEN = (errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command. Exit codes: 0 no findings, 1 findings, 2 wrong usage, 3 a file could not be read, 130 interrupted."""
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (closed: print would take stdout)
    for stream in (sys.stdout, sys.stderr):
        _tolerate(stream)
    options = Namespace(debug=False, lang=None)
    try:
        options = parse(arguments)
        return _answer(options)
    except SystemExit as end:
        return int(end.code or 0)
    except KeyboardInterrupt:
        return _fail(options, INTERRUPTED, message("interrupted", _language(options)))
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        _leave_stdout()
        return 0
    except Exception as error:
        if options.debug:
            traceback.print_exc()
        if _is_unwritten(error):
            _leave_stdout()
        return _fail(options, WRONG_USAGE, _reason(error, _language(options)))


def _is_unwritten(error: Exception) -> TypeGuard[OSError]:
    """Is it an error of writing the result? Errors of reading become records of their files."""
    return isinstance(error, OSError) and error.errno in UNWRITTEN


def _leave_stdout() -> None:
    """Discards what is still buffered for stdout, so that it does not fail again at exit."""
    if sys.stdout:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _answer(options: Namespace) -> int:
    if options.version:
        from extractor import __version__

        print(f"extract {__version__}")  # noqa: T201
        return 0
    if options.doctor:
        from extractor.command.doctor import doctor

        return doctor(options, _language(options))
    if options.explain or options.list_checks or options.schema:
        from extractor.command.about import about

        return about(options, _language(options))
    if _needs_workers(options):
        from extractor.batch.forks import start_early

        start_early()
    from extractor.command.work import work

    return work(options)


def _needs_workers(options: Namespace) -> bool:
    """Is it sure before anything is read that workers have to be started: no cache can answer, and it is not a single short text?"""
    paths: list[str] = options.paths or []
    is_text = len(paths) == 1 and paths[0].lower().endswith(".txt")
    return bool(paths) and options.no_cache and options.jobs != 0 and not is_text and all(map(os.path.exists, paths))


def _reason(error: Exception, language: str) -> str:
    """One line on what went wrong, for errors that users can correct; the name of any other exception."""
    from extractor.config import ConfigError
    from extractor.lexicon.packs import PackError

    if isinstance(error, ConfigError):
        return error.texts[language == "en"]
    if isinstance(error, PackError):
        return str(error)
    if _is_unwritten(error):
        return message("unwritten", language, why=error.strerror)
    if isinstance(error, OSError) and error.errno in REFUSED and error.filename:
        return message("refused", language, path=error.filename, why=error.strerror)
    return message("internal", language, why=f"{type(error).__name__}: {error}")


def _fail(options: Namespace, code: int, text: str) -> int:
    tell(message("error", _language(options), text=text))
    return code


def _language(options: Namespace) -> str:
    return options.lang or "zh"


def _tolerate(stream: IO[Any]) -> None:
    """Characters that the stream's encoding lacks are replaced: a GBK console never stops the run."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")
