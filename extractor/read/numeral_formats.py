"""Numbers in the formats that Office names: 一 壹 ① 甲 IV …, for the automatic numbers of Word and the dates of workbooks."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS, _CAPITALS = "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
          (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_LARGEST = 9999


def numeral(count: int, form: str) -> str:
    """A number in the numbering format of that name; in Arabic digits if the format is unknown.

    >>> [numeral(n, "chineseCounting") for n in (1, 10, 12, 20, 105)]
    ['一', '十', '十二', '二十', '一百〇五']
    >>> numeral(3, "decimalEnclosedCircleChinese"), numeral(4, "upperRoman"), numeral(28, "lowerLetter"), numeral(2, "ideographTraditional")
    ('③', 'IV', 'bb', '乙')
    >>> numeral(21, "chineseLegalSimplified"), numeral(7, "decimalZero"), numeral(5, "bullet"), numeral(5, "unheard-of")
    ('贰拾壹', '07', '', '5')
    """
    write = _FORMS.get(form)
    return write(count) if write and 0 <= count <= _LARGEST else str(count)


def _chinese(count: int, digits: str, places: str, one_ten: bool) -> str:
    """A number below 10,000 in words: 一千〇二十."""
    if count == 0:
        return digits[0]
    out, gap = "", False
    for place in (3, 2, 1, 0):
        digit = count // 10**place % 10
        if digit:
            out += (digits[0] if gap else "") + digits[digit] + (places[place - 1] if place else "")
        gap = bool(out) and not digit
    return out[1:] if not one_ten and 10 <= count < 20 else out


def _roman(count: int) -> str:
    out = ""
    for size, letters in _ROMAN:
        out, count = out + letters * (count // size), count % size
    return out or "0"


def _letters(count: int) -> str:
    """a … z, then aa, bb …"""
    return chr(97 + (count - 1) % 26) * ((count - 1) // 26 + 1) if count else ""


def _from(first: int, most: int) -> Callable[[int], str]:
    """Special characters for 1 to `most`; Arabic digits beyond."""
    return lambda count: chr(first + count - 1) if 1 <= count <= most else str(count)


def _of(signs: str) -> Callable[[int], str]:
    return lambda count: signs[(count - 1) % len(signs)] if count else ""


def _circled(count: int) -> str:
    starts = ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))
    return next((chr(first + count - low) for low, high, first in starts if low <= count <= high), str(count))


def _counting(count: int) -> str:
    return _chinese(count, _DIGITS, "十百千", False)


def _legal(count: int) -> str:
    return _chinese(count, _CAPITALS, "拾佰仟", True)


def _by_digits(count: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(count))


def _wide(count: int) -> str:
    return "".join(chr(0xFF10 + int(digit)) for digit in str(count))


_FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "decimal": str,
    "decimalZero": lambda count: f"{count:02d}",
    "numberInDash": lambda count: f"- {count} -",
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerLetter": _letters,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _from(0x2474, 20),
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "ideographEnclosedCircle": _from(0x3280, 10),
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "ideographTraditional": _of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _of("子丑寅卯辰巳午未申酉戌亥"),
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "ideographDigital": _by_digits,
    "japaneseDigitalTenThousand": _by_digits,
    "taiwaneseDigital": _by_digits,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
}
