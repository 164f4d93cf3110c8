"""A run of the command: settings, documents, reports, outputs, exit code."""

from __future__ import annotations

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from extractor import __version__, config
from extractor.batch.archives.contents import Contents, unpacked
from extractor.batch.cache import default_folder
from extractor.batch.discover import Found, discover
from extractor.batch.options import MEMORY, TIMEOUT, Options
from extractor.batch.progress import watching
from extractor.batch.run import reports, size_of
from extractor.batch.tally import Tally
from extractor.check import CHECKS
from extractor.command.about import unknown
from extractor.command.expected_units import units_of
from extractor.command.outputs import Outputs, destinations, formats_of
from extractor.command.review_files import decisions
from extractor.config import CheckSettings, ConfigError, Settings
from extractor.lexicon.packs import Lexicon, load
from extractor.messages import both, message
from extractor.model.report import Summary
from extractor.present.marked_names import marked_names
from extractor.present.printable import tell
from extractor.present.sink import Job

FINDINGS, WRONG_USAGE, UNREADABLE = 1, 2, 3
COUNTED = {"error": ("error",), "warning": ("error", "warning"), "never": ()}
"""The severities that `--fail-on` counts."""

SELDOM = (50_000, 20, 20)
"""How seldom garbage is looked for: outputs hold very many rows, none of them garbage, and looking takes a tenth of the time."""

SHORT = 256 << 10
"""A single text of at most so many bytes is read without a worker."""


def work(options: Namespace) -> int:
    """Read, check and report on the documents that the options name; returns the exit code."""
    if not options.paths:
        raise ConfigError(*both("no_paths"))
    formats = formats_of(options)
    settings = settings_of(options)
    lexicon = load([Path(folder) for folder in settings.patterns])
    _profiles_must_be_known(settings.checks, lexicon)
    decided = decisions(options, settings)
    found = discover(options.paths, decided.files)
    _tell_of_paths(found, settings.language)
    tally = Tally(found.skipped_count)
    working = how(options, found.documents)
    gc.set_threshold(*SELDOM)
    inputs = (*found.documents, *decided.files, *([Path(options.units)] if options.units else ()))
    job = _job(options, settings, formats)
    with unpacked(found, settings, working) as contents:
        tally.skip(contents.skipped)
        job = _of(contents, job)
        with Outputs(destinations(options.output, formats, bool(job.split_by)), inputs, job, formats, options.quiet) as outputs:
            with watching(len(contents.documents), settings.language, options.quiet, options.debug) as watcher:
                for finished in reports(contents, settings, working, watcher):
                    told = decided.on(finished)
                    tally.count(told)
                    outputs.add(told)
            outputs.end(decided.summed(tally.summary))
    decided.keep()
    return exit_code(tally.summary, found, settings.fail_on)


def _job(options: Namespace, settings: Settings, formats: Sequence[str]) -> Job:
    """What the outputs share; ConfigError for a list of units that cannot be used."""
    if options.split_by and "xlsx" not in formats:
        raise ConfigError(*both("split_needs_xlsx"))
    return Job(
        version=__version__,
        settings=settings,
        is_verbose=options.verbose,
        formats=frozenset(formats),
        units=units_of(Path(options.units)) if options.units else (),
        split_by=options.split_by,
        is_forced=options.force,
        checks=CHECKS,
    )


def _of(contents: Contents, job: Job) -> Job:
    """The job with the files behind the names that the result shows."""
    named = {contents.name(path): path for path in contents.documents}
    return replace(
        job,
        originals={name: path for name, path in named.items() if path not in contents.members},
        members={name: (path, contents.archives[path]) for name, path in named.items() if path in contents.members},
        marked=marked_names(named) if "pdf" in job.formats else {},
    )


def how(options: Namespace, documents: Sequence[Path]) -> Options:
    """How the run works. A single short text needs no worker: reading it takes linear time, and starting a worker would take longer."""
    jobs = (len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()) or 1
    if len(documents) == 1 and documents[0].suffix.lower() == ".txt" and size_of(documents[0]) <= SHORT:
        jobs = 0
    return Options(
        jobs=jobs if options.jobs is None else options.jobs,
        timeout=options.timeout or TIMEOUT,
        memory=options.memory or MEMORY,
        cache=None if options.no_cache else Path(options.cache_dir) if options.cache_dir else default_folder(),
        retry_failed=options.retry_failed,
    )


def settings_of(options: Namespace) -> Settings:
    """The settings: built-in, then extract.toml, then --config, then flags. ConfigError for unknown checks."""
    settings = config.load(Path(options.paths[0]), Path(options.config) if options.config else None)
    select, ignore = _names(options.select), _names(options.ignore)
    checks = replace(settings.checks, select=select or settings.checks.select, ignore=settings.checks.ignore | ignore)
    _must_be_known(checks.select | checks.ignore)
    return replace(
        settings,
        checks=checks,
        fail_on=options.fail_on or settings.fail_on,
        language=options.lang or settings.language,
        limit=settings.limit if options.limit is None else options.limit,
        patterns=(*settings.patterns, *(options.patterns or ())),
        engine=options.engine or settings.engine,
        ocr=settings.ocr and not options.no_ocr,
        baseline=options.baseline or settings.baseline,
    )


def _names(values: Iterable[str] | None) -> frozenset[str]:
    """Names given one by one or separated by commas.

    >>> sorted(_names(["a,b", "c"]))
    ['a', 'b', 'c']
    """
    return frozenset(name.strip() for value in values or () for name in value.split(",") if name.strip())


def _must_be_known(names: Iterable[str]) -> None:
    known = [*dict.fromkeys(record.family for record in CHECKS), *(record.name for record in CHECKS)]
    for name in sorted(names):
        if name not in known:
            raise unknown(name, known)


def _profiles_must_be_known(checks: CheckSettings, lexicon: Lexicon) -> None:
    for key, name, known in (
        ("grade_profile", checks.grade_profile, lexicon.groups("grade_scale")),
        ("qualitative_profile", checks.qualitative_profile, lexicon.groups("qualitative_band")),
    ):
        if name not in known:
            raise ConfigError(*both("unknown_profile", key=key, name=name, known=", ".join(known)))


def _tell_of_paths(found: Found, language: str) -> None:
    """Report each path with nothing to read, on stderr."""
    for key, paths in (("missing", found.missing), ("no_documents", found.empty)):
        for path in paths:
            tell(message("error", language, text=message(key, language, path=path)))


def exit_code(summary: Summary, found: Found, fail_on: str) -> int:
    """2 for a path that does not exist, else 3 for a file that could not be read or none at all, else 1 for findings."""
    if found.missing:
        return WRONG_USAGE
    if summary.failed or not summary.documents:
        return UNREADABLE
    counts = summary.findings.model_dump()
    return FINDINGS if any(counts[severity] for severity in COUNTED[fail_on]) else 0
