"""What `-v` adds: the claims that hold, and those that could not be checked, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.text import Text

from extractor.model.report import Claim
from extractor.present.canvas import STYLES, Canvas, indented, spread
from extractor.present.cards import places
from extractor.present.words import ALLOWANCES, REASONS, RELATIONS, VERDICTS, say
from extractor.present.wrapping import wrap


def verified(claims: Sequence[Claim], canvas: Canvas) -> Iterator[Text]:
    """The claims of a document that are no finding, by verdict and project."""
    for verdict, glyph, style in (("consistent", "good", "good"), ("not_checkable", "unknown", "dim")):
        own = [claim for claim in claims if claim.verdict == verdict]
        if own:
            label = say(VERDICTS, verdict, canvas.language)
            yield Text()
            yield Text(canvas.either((f"{label} {len(own)} 处", f"{label}: {len(own)}")), STYLES[style] if style == "good" else "bold")
        for project, group in _by_project(own).items():
            yield from indented(wrap(Text(project, STYLES["dim"]), canvas.width - 2), 2) if project else ()
            for claim in group:
                left = Text.assemble((f"{canvas.glyph(glyph)} ", STYLES[style]), _line(claim, canvas))
                yield from indented(spread(left, Text(places(claim.evidence, canvas), STYLES["dim"]), canvas.width - 4), 4)


def _by_project(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.project or "", []).append(claim)
    return groups


def _line(claim: Claim, canvas: Canvas) -> Text:
    """The kind of a claim, what is stated, and the formula that confirms it or the reason why there is none."""
    line = Text.assemble((f"{say(RELATIONS, claim.relation, canvas.language)}  ", STYLES["dim"]), (claim.stated, "bold"))
    if claim.reason:
        line.append(f"  {say(REASONS, claim.reason, canvas.language)}")
    elif claim.formula:
        line.append(f"  {claim.formula}")
    if claim.allowance:
        line.append(canvas.either(("（{}）", " ({})")).format(say(ALLOWANCES, claim.allowance, canvas.language)))
    return line
