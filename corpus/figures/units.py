"""Units as they are printed, and the one form that each is given in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from corpus.figures.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit printed at the tokens up to ``after``.

    ``attributive``: it stands before a noun as an adjective does ("40-minute", "5 km", "10%"), so that a noun may
    follow that says what is measured. ``factor`` is what the printed value is multiplied with.
    """

    name: str
    after: int
    attributive: bool
    factor: float = 1.0


_SIGNS: Final = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₽": "RUB", "₴": "UAH", "₩": "KRW"} | {
    "₪": "ILS",
    "₺": "TRY",
    "₦": "NGN",
    "฿": "THB",
    "₫": "VND",
    "₱": "PHP",
    "₸": "KZT",
}
# What stands next to a dollar sign: "US$5bn", "$US5bn", "C$ 3".
_DOLLARS: Final = {"us": "USD", "a": "AUD", "au": "AUD", "aud": "AUD", "c": "CAD", "ca": "CAD", "cad": "CAD"} | {
    "can": "CAD",
    "nz": "NZD",
    "hk": "HKD",
    "s": "SGD",
    "sg": "SGD",
    "nt": "TWD",
    "r": "BRL",
    "mx": "MXN",
}
CODES: Final = frozenset(
    "USD EUR GBP JPY CNY CHF AUD CAD NZD SEK NOK DKK PLN CZK HUF RON BGN RUB UAH BYN KZT TRY ILS SAR AED QAR KWD EGP "
    "INR PKR BDT LKR IDR MYR SGD HKD TWD KRW THB VND PHP ZAR NGN KES GHS BRL MXN ARS CLP COP PEN ISK GEL RSD IRR IQD "
    "SYP LBP JOD MAD DZD TND ETB UGX TZS".split()
)
"""ISO 4217 codes that a newspaper prints as they are."""

_CODE_WORDS: Final = {"rs": "INR", "re": "INR", "rmb": "CNY", "eur": "EUR", "usd": "USD"}
_CURRENCIES: Final = {
    "dollar": "USD",
    "euro": "EUR",
    "sterling": "GBP",
    "quid": "GBP",
    "yen": "JPY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "ruble": "RUB",
    "rouble": "RUB",
    "hryvnia": "UAH",
    "hryvnias": "UAH",
    "rupee": "INR",
    "shekel": "ILS",
    "zloty": "PLN",
    "zlotys": "PLN",
    "lira": "TRY",
    "forint": "HUF",
    "naira": "NGN",
    "ringgit": "MYR",
    "rupiah": "IDR",
    "baht": "THB",
    "kronor": "SEK",
    "euros": "EUR",
}
# A word before it says whose money it is.
_NATIONAL: Final = {
    ("us", "dollar"): "USD",
    ("u.s.", "dollar"): "USD",
    ("american", "dollar"): "USD",
    ("australian", "dollar"): "AUD",
    ("canadian", "dollar"): "CAD",
    ("new zealand", "dollar"): "NZD",
    ("hong kong", "dollar"): "HKD",
    ("singapore", "dollar"): "SGD",
    ("british", "pound"): "GBP",
    ("egyptian", "pound"): "EGP",
    ("turkish", "lira"): "TRY",
    ("russian", "ruble"): "RUB",
    ("russian", "rouble"): "RUB",
    ("chinese", "yuan"): "CNY",
    ("japanese", "yen"): "JPY",
    ("indian", "rupee"): "INR",
    ("pakistani", "rupee"): "PKR",
    ("swiss", "franc"): "CHF",
    ("mexican", "peso"): "MXN",
    ("argentine", "peso"): "ARS",
    ("swedish", "krona"): "SEK",
    ("swedish", "kronor"): "SEK",
    ("norwegian", "kroner"): "NOK",
    ("danish", "kroner"): "DKK",
    ("brazilian", "reais"): "BRL",
    ("korean", "won"): "KRW",
    ("south african", "rand"): "ZAR",
    ("polish", "zloty"): "PLN",
}
# These are words of their own unless millions of them are counted.
_ONLY_MANY: Final = {"won": "KRW", "rand": "ZAR", "pound": "GBP", "real": "BRL", "krona": "SEK"}


def _forms(table: dict[str, str]) -> dict[str, str]:
    return {form: name for name, forms in table.items() for form in forms.split()}


# Full words; the plural is made by an s.
_WORDS: Final = _forms(
    {
        "second": "second sec",
        "minute": "minute min",
        "hour": "hour hr",
        "day": "day",
        "week": "week wk",
        "fortnight": "fortnight",
        "month": "month",
        "year": "year yr",
        "decade": "decade",
        "century": "century",
        "nm": "nanometre nanometer",
        "mm": "millimetre millimeter",
        "cm": "centimetre centimeter",
        "m": "metre meter",
        "km": "kilometre kilometer kilometers",
        "mile": "mile",
        "yard": "yard",
        "inch": "inch",
        "foot": "foot",
        "acre": "acre",
        "hectare": "hectare",
        "tonne": "tonne",
        "ton": "ton",
        "kg": "kilogram kilogramme kilo",
        "g": "gram gramme",
        "mg": "milligram",
        "lb": "pound",
        "oz": "ounce",
        "litre": "litre liter",
        "ml": "millilitre milliliter",
        "gallon": "gallon",
        "pint": "pint",
        "barrel": "barrel",
        "bushel": "bushel",
        "kW": "kilowatt",
        "MW": "megawatt",
        "GW": "gigawatt",
        "W": "watt",
        "V": "volt",
        "kWh": "kilowatt-hour",
        "knot": "knot",
        "calorie": "calorie",
        "GB": "gigabyte",
        "MB": "megabyte",
        "TB": "terabyte",
        "degree": "degree",
        "light-year": "light-year",
        "cent": "cent",
        "nautical mile": "nautical-mile",
    }
)
_IRREGULAR: Final = {"feet": "foot", "inches": "inch", "centuries": "century", "pence": "penny", "kph": "km/h"}
_PLURALS: Final = {form + "s": name for form, name in _WORDS.items()} | _IRREGULAR
# Signs and abbreviations; their capitals tell them apart.
_ABBREVIATIONS: Final = _forms(
    {
        "km": "km kms",
        "cm": "cm",
        "mm": "mm",
        "m": "m",
        "foot": "ft",
        "kg": "kg kgs",
        "g": "g",
        "mg": "mg",
        "lb": "lb lbs",
        "oz": "oz",
        "ml": "ml mL",
        "hectare": "ha",
        "kW": "kW",
        "MW": "MW",
        "GW": "GW",
        "TW": "TW",
        "W": "W",
        "V": "V",
        "kWh": "kWh kwh",
        "MWh": "MWh",
        "GWh": "GWh",
        "TWh": "TWh",
        "mAh": "mAh mah",
        "KB": "KB kB",
        "MB": "MB",
        "GB": "GB",
        "TB": "TB",
        "Gbps": "Gbps",
        "Mbps": "Mbps",
        "kHz": "kHz",
        "MHz": "MHz",
        "GHz": "GHz",
        "Hz": "Hz",
        "MP": "MP",
        "dB": "dB",
        "mph": "mph MPH",
        "km/h": "kph kmh",
        "hp": "hp",
        "rpm": "rpm",
    }
)
# "2.4g" is a frequency, "5g" a network
_NETWORKS: Final = frozenset(("2.4", "2", "3", "4", "5", "6"))
_ONLY_GLUED: Final = frozenset(("m", "g", "W", "V", "ha"))
TIMES: Final = frozenset("second minute hour day week fortnight month year decade century".split())
"""Units of duration."""

MEASURES: Final = frozenset(_WORDS.values())
"""Units that have a word."""

_LENGTHS: Final = {"metre": "m", "meter": "m", "kilometre": "km", "kilometer": "km", "mile": "mile", "foot": "foot"} | {
    "feet": "foot",
    "inch": "inch",
    "yard": "yard",
    "km": "km",
    "ft": "foot",
    "m": "m",
}
_POWERS: Final = {"square": "²", "sq": "²", "cubic": "³"}
_SPEEDS: Final = {"mile": "mph", "km": "km/h"}
_PER_HOUR: Final = (["per", "hour"], ["an", "hour"], ["/", "h"])
_DEGREES: Final = {"celsius": "°C", "c": "°C", "fahrenheit": "°F", "f": "°F", "centigrade": "°C"}


# What a unit's first token may be: most words after a number are none, and are not looked at further.
_FIRST: Final = (
    CODES
    | _CURRENCIES.keys()
    | frozenset(name + "s" for name in _CURRENCIES)
    | _ONLY_MANY.keys()
    | frozenset(name + "s" for name in _ONLY_MANY)
    | frozenset(words[0].split()[0] for words in _NATIONAL)
    | _WORDS.keys()
    | _PLURALS.keys()
    | _ABBREVIATIONS.keys()
    | _POWERS.keys()
    | frozenset("% percent pct per percentage basis € £ ₽ ₴ ¢ ° degrees degree deg metric nautical C F".split())
)


def base_unit(word: str) -> str | None:
    """The base form of a printed unit of measure: "kilometres" is ``km``, "days" is ``day``; None for other words."""
    low = word.lower()
    return _ABBREVIATIONS.get(word) or _WORDS.get(low) or _PLURALS.get(low)


def currency_before(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """The currency printed before a number, and where it begins: "US$", "$US", "€", "Rs", "USD"."""
    before = at - 1
    word = tokens.words[before]
    if word in _SIGNS:
        if word == "$" and tokens.glued(before) and tokens.lows[before - 1] in _DOLLARS:
            return _DOLLARS[tokens.lows[before - 1]], before - 1
        return _SIGNS[word], before
    between = tokens.glued(before) and tokens.glued(at)
    if between and tokens.words[before - 1] == "$" and tokens.lows[before] in _DOLLARS:
        return _DOLLARS[tokens.lows[before]], before - 1
    if word == "." and tokens.words[before - 1] == "Rs":
        return "INR", before - 1
    if word in CODES or word == "Rs":
        return _CODE_WORDS.get(word.lower(), word), before
    return None


def unit_at(tokens: Tokens, at: int, many: bool) -> Unit | None:
    """The unit printed after a number; ``many``: the number is in the millions, as only money is in some words."""
    lows, word = tokens.lows, tokens.words[at]
    hyphen = tokens.hyphen(at)
    if hyphen:
        at, word = at + 1, tokens.words[at + 1]
    low = lows[at]
    if low not in _FIRST and word not in _FIRST:
        return None
    if low in ("%", "percent", "pct") or (low == "per" and lows[at + 1] == "cent"):
        return _share(tokens, at + 1 if low != "per" else at + 2)
    if low == "percentage" and lows[at + 1] in ("point", "points"):
        return Unit("percentage point", at + 2, lows[at + 1] == "point")
    if low == "basis":
        point = at + 2 if tokens.hyphen(at + 1) else at + 1
        return Unit("basis point", point + 1, lows[point] == "point") if lows[point].startswith("point") else None
    if low == "per" and tokens.hyphen(at + 1) and lows[at + 2] == "cent":
        return _share(tokens, at + 3)
    return _money_at(tokens, at, many, hyphen) or _measure_at(tokens, at, word, hyphen)


def _share(tokens: Tokens, after: int) -> Unit:
    if tokens.lows[after] in ("point", "points") and tokens.words[after - 1] != "%":
        return Unit("percentage point", after + 1, tokens.lows[after] == "point")
    return Unit("%", after, True)


def _singular(low: str) -> str:
    return low[:-1] if low.endswith("s") else low


def _money_at(tokens: Tokens, at: int, many: bool, hyphen: bool) -> Unit | None:
    lows, low = tokens.lows, tokens.lows[at]
    if tokens.words[at] in CODES:
        return Unit(tokens.words[at], at + 1, True)
    if tokens.words[at] in ("€", "£", "₽", "₴"):
        return Unit(_SIGNS[tokens.words[at]], at + 1, True)
    if low == "¢":
        return Unit("cent", at + 1, True)
    one = _singular(low)
    if one in _CURRENCIES or low in _CURRENCIES:
        return Unit(_CURRENCIES.get(one) or _CURRENCIES[low], at + 1, hyphen)
    if many and one in _ONLY_MANY:
        return Unit(_ONLY_MANY[one], at + 1, hyphen)
    if one == "pound" and lows[at + 1] == "sterling":
        return Unit("GBP", at + 2, False)
    two = lows[at + 1]
    name = _NATIONAL.get((low, _singular(two))) or _NATIONAL.get((low, two))
    if name is not None:
        return Unit(name, at + 2, False)
    name = _NATIONAL.get((f"{low} {two}", _singular(lows[at + 2])))
    return Unit(name, at + 3, False) if name is not None else None


def _measure_at(tokens: Tokens, at: int, word: str, hyphen: bool) -> Unit | None:
    lows, low = tokens.lows, tokens.lows[at]
    if low in _POWERS:
        return _squared(tokens, at, _POWERS[low])
    if low == "°" or low in ("degrees", "degree", "deg"):
        name = _DEGREES.get(lows[at + 1])
        if name is None:
            return Unit("degree", at + 1, hyphen)
        return Unit(name, at + 2, True)
    if low == "metric" and lows[at + 1] in ("ton", "tons", "tonnes"):
        return Unit("tonne", at + 2, lows[at + 1] == "ton")
    if low == "nautical" and lows[at + 1] in ("mile", "miles"):
        return Unit("nautical mile", at + 2, lows[at + 1] == "mile")
    glued = tokens.glued(at) and not hyphen
    if glued and word in ("C", "F"):
        return Unit(_DEGREES[low], at + 1, True)
    name = _ABBREVIATIONS.get(word)
    if word == "g" and tokens.words[at - 1] in _NETWORKS and lows[at + 1] != "of":
        return None
    if name is not None and (glued or name not in _ONLY_GLUED):
        if word in ("km", "m") and lows[at + 1] in ("²", "³"):
            return Unit(name + lows[at + 1], at + 2, True)
        return _speed(tokens, at, name, True)
    if glued:
        return None  # "the 1990s", "12th"
    name = _PLURALS.get(low)
    if name is not None:
        # "200-meters": no adjective
        return _speed(tokens, at, name, False)
    name = _WORDS.get(low)
    if name is None:
        return None
    return _speed(tokens, at, name, True)


def _squared(tokens: Tokens, at: int, power: str) -> Unit | None:
    """ "square miles", "sq km", "cubic-metre"."""
    at = at + 2 if tokens.hyphen(at + 1) or tokens.lows[at + 1] == "." else at + 1
    low = tokens.lows[at]
    name = _LENGTHS.get(low) or _LENGTHS.get(_singular(low))
    return Unit(name + power, at + 1, not low.endswith("s")) if name is not None else None


def _speed(tokens: Tokens, at: int, name: str, attributive: bool) -> Unit:
    """ "60 miles an hour", "90 km/h": a speed, else the unit itself."""
    if name in _SPEEDS and tokens.lows[at + 1 : at + 3] in _PER_HOUR:
        return Unit(_SPEEDS[name], at + 3, False)
    return Unit(name, at + 1, attributive)
