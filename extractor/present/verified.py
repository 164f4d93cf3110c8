"""What `-v` adds: the claims that hold, and those that could not be checked, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from extractor.model.report import Claim
from extractor.present.canvas import STYLES, Canvas, indented, spread
from extractor.present.cards import places
from extractor.present.words import ALLOWANCES, REASONS, VERDICTS, say


def verified(claims: Iterable[Claim], canvas: Canvas) -> Iterator[Text]:
    """The claims of a document that are no finding, by verdict."""
    claims = tuple(claims)
    for name, glyph, style in (("consistent", "good", "good"), ("not_checkable", "unknown", "dim")):
        own = [claim for claim in claims if claim.verdict == name]
        if own:
            yield Text()
            title = canvas.either((f"{say(VERDICTS, name, 'zh')} {len(own)} 处", f"{len(own)} {say(VERDICTS, name, 'en')}"))
            yield Text(f"  {title}", "bold")
        for claim in own:
            left = Text.assemble((f"{canvas.glyph(glyph)} ", STYLES[style]), _line(claim, canvas))
            yield from indented(spread(left, Text(places(claim.evidence, canvas), "dim"), canvas.width - 4), 4)


def _line(claim: Claim, canvas: Canvas) -> Text:
    """What is stated, and the arithmetic that bears it out or the reason why there is none."""
    line = Text(claim.stated, "bold")
    if claim.reason:
        line.append(f"  {say(REASONS, claim.reason, canvas.language)}")
    elif claim.formula:
        line.append(f"  {claim.formula}")
    if claim.allowance:
        line.append(canvas.either(("（{}）", " ({})")).format(say(ALLOWANCES, claim.allowance, canvas.language)))
    if claim.project:
        line.append(f"  {claim.project}", "dim")
    return line
