"""Limits of components: what may stand where, how many, and how much text."""

from __future__ import annotations

from typing import Any

from tests.discord_server import reading
from tests.discord_server.addresses import is_web
from tests.discord_server.problems import Path, Problems

COMPONENTS, TEXT_IN_ALL, ROWS = 40, 4_000, 5
LABEL, CUSTOM_ID, URL, OPTIONS, OPTION = 80, 100, 512, 25, 100

V2_TYPES = frozenset(
    {
        reading.SECTION,
        reading.TEXT_DISPLAY,
        reading.THUMBNAIL,
        reading.MEDIA_GALLERY,
        reading.FILE,
        reading.SEPARATOR,
        reading.CONTAINER,
    }
)
IN_CONTAINER = frozenset(
    {
        reading.ACTION_ROW,
        reading.TEXT_DISPLAY,
        reading.SECTION,
        reading.MEDIA_GALLERY,
        reading.SEPARATOR,
        reading.FILE,
    }
)
FURTHER_FIELDS = frozenset({19, 21, 22, 23})
"""Uploads, radio groups, checkbox groups, checkboxes: taken in a modal and not looked into here."""

Component = dict[str, Any]


def check_components(problems: Problems, components: list[Component], v2: bool) -> None:
    every = list(reading.walk(components))
    if v2:
        if len(every) > COMPONENTS:
            problems.add(
                ("components",),
                "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
                f"The total number of components cannot exceed {COMPONENTS}",
            )
        text = sum(len(one.get("content") or "") for one in every if one.get("type") == reading.TEXT_DISPLAY)
        if text > TEXT_IN_ALL:
            problems.add(
                ("components",),
                "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
                f"The total displayable text size exceeds the maximum size of {TEXT_IN_ALL}",
            )
    else:
        problems.length(("components",), components, ROWS)
    problems.unique(
        ("components",),
        (one["custom_id"] for one in every if one.get("custom_id")),
        "COMPONENT_CUSTOM_ID_DUPLICATED",
        "Component custom id",
    )
    problems.unique(
        ("components",), (one["id"] for one in every if one.get("id")), "COMPONENT_ID_DUPLICATED", "Component id"
    )
    at_top = IN_CONTAINER | {reading.CONTAINER} if v2 else frozenset({reading.ACTION_ROW})
    for at, one in enumerate(components):
        _check(problems, ("components", at), one, at_top)


def _check(problems: Problems, path: Path, one: Component, permitted: frozenset[int]) -> None:
    kind = one.get("type")
    if kind not in permitted:
        meaning = (
            " without the flag IS_COMPONENTS_V2" if kind in V2_TYPES and reading.CONTAINER not in permitted else ""
        )
        problems.add((*path, "type"), "UNION_TYPE_CHOICES", f"Component type {kind} is not permitted here{meaning}")
        return
    if kind == reading.ACTION_ROW:
        _check_row(problems, path, one)
    elif kind == reading.CONTAINER:
        if not one.get("components"):
            problems.add((*path, "components"), "BASE_TYPE_BAD_LENGTH", "A container holds something")
        for at, inner in enumerate(one.get("components") or ()):
            _check(problems, (*path, "components", at), inner, IN_CONTAINER)
    elif kind == reading.SECTION:
        problems.length((*path, "components"), one.get("components") or [], 3, 1)
        for at, inner in enumerate(one.get("components") or ()):
            _check(problems, (*path, "components", at), inner, frozenset({reading.TEXT_DISPLAY}))
        accessory = one.get("accessory") or {}
        _check(problems, (*path, "accessory"), accessory, frozenset({reading.BUTTON, reading.THUMBNAIL}))
    elif kind == reading.TEXT_DISPLAY:
        problems.length((*path, "content"), one.get("content") or "", TEXT_IN_ALL, 1)
    elif kind == reading.BUTTON:
        _check_button(problems, path, one)
    elif kind in reading.SELECTS:
        _check_select(problems, path, one)
    elif kind == reading.MEDIA_GALLERY:
        problems.length((*path, "items"), one.get("items") or [], 10, 1)


def _check_row(problems: Problems, path: Path, row: Component) -> None:
    inner = row.get("components") or []
    selects = [one for one in inner if one.get("type") in reading.SELECTS]
    if selects and len(inner) > 1:
        problems.add((*path, "components"), "BASE_TYPE_BAD_LENGTH", "A select menu fills its row")
    problems.length((*path, "components"), inner, 5, 1)
    for at, one in enumerate(inner):
        _check(problems, (*path, "components", at), one, reading.SELECTS | {reading.BUTTON})


def _check_button(problems: Problems, path: Path, button: Component) -> None:
    style = button.get("style")
    problems.length((*path, "label"), button.get("label"), LABEL)
    if style == 6:
        problems.required((*path, "sku_id"), button.get("sku_id"))
        return
    if not (button.get("label") or button.get("emoji")):
        problems.add((*path, "label"), "BUTTON_COMPONENT_LABEL_REQUIRED", "A button has a label or an emoji")
    if style == reading.LINK:
        if button.get("custom_id"):
            problems.add(
                path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be"
            )
        if problems.required((*path, "url"), button.get("url")):
            url = str(button["url"])
            problems.length((*path, "url"), url, URL)
            if not is_web(url):
                problems.add((*path, "url"), "URL_TYPE_INVALID_URL", "Not a well formed URL.")
    else:
        if button.get("url"):
            problems.add(path, "BUTTON_COMPONENT_INVALID_STYLE_FOR_URL", "Only link buttons have a url")
        _check_custom_id(problems, path, button)


def _check_select(problems: Problems, path: Path, select: Component) -> None:
    _check_custom_id(problems, path, select)
    problems.length((*path, "placeholder"), select.get("placeholder"), 150)
    least, most = select.get("min_values"), select.get("max_values")
    least, most = (1 if least is None else least), (1 if most is None else most)
    if not 0 <= least <= 25 or not 1 <= most <= 25 or least > most:
        problems.add((*path, "max_values"), "SELECT_COMPONENT_MAX_VALUES", "min_values and max_values do not fit")
    if select.get("type") != reading.STRING_SELECT:
        return
    options = select.get("options") or []
    problems.length((*path, "options"), options, OPTIONS, 1)
    if most > len(options) or least > len(options):
        problems.add((*path, "max_values"), "SELECT_COMPONENT_MAX_VALUES", "More values than there are options")
    problems.unique(
        (*path, "options"), (one.get("value") for one in options), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "Value"
    )
    for at, option in enumerate(options):
        for key in ("label", "value"):
            problems.length((*path, "options", at, key), option.get(key) or "", OPTION, 1)
        problems.length((*path, "options", at, "description"), option.get("description"), OPTION)


def _check_custom_id(problems: Problems, path: Path, one: Component) -> None:
    if problems.required((*path, "custom_id"), one.get("custom_id")):
        problems.length((*path, "custom_id"), one["custom_id"], CUSTOM_ID)


def check_modal_components(problems: Problems, components: list[Component]) -> None:
    """Rows with one text field (the older form), labels with one input, text."""
    problems.length(("data", "components"), components, ROWS, 1)
    every = list(reading.walk(components))
    problems.unique(
        ("data", "components"),
        (one["custom_id"] for one in every if one.get("custom_id")),
        "COMPONENT_CUSTOM_ID_DUPLICATED",
        "Component custom id",
    )
    for at, one in enumerate(components):
        path = ("data", "components", at)
        kind = one.get("type")
        if kind == reading.ACTION_ROW:
            fields = one.get("components") or []
            problems.length((*path, "components"), fields, 1, 1)
            for field in fields:
                if problems.required((*path, "label"), field.get("label")):
                    problems.length((*path, "label"), field["label"], 45)
                _check_field(problems, path, field)
        elif kind == reading.LABEL:
            if problems.required((*path, "label"), one.get("label")):
                problems.length((*path, "label"), one["label"], 45)
            problems.length((*path, "description"), one.get("description"), 100)
            _check_field(problems, path, one.get("component") or {})
        elif kind != reading.TEXT_DISPLAY:
            problems.add((*path, "type"), "UNION_TYPE_CHOICES", f"Component type {kind} is not permitted in a modal")


def _check_field(problems: Problems, path: Path, field: Component) -> None:
    if field.get("type") in reading.SELECTS:
        _check_select(problems, path, field)
    elif field.get("type") == reading.TEXT_INPUT:
        _check_custom_id(problems, path, field)
        problems.length((*path, "placeholder"), field.get("placeholder"), 100)
        problems.length((*path, "value"), field.get("value"), 4_000)
        least, most = field.get("min_length") or 0, field.get("max_length") or 4_000
        if not 0 <= least <= 4_000 or not 1 <= most <= 4_000 or least > most:
            problems.add((*path, "max_length"), "NUMBER_TYPE_MAX", "min_length and max_length do not fit")
    elif field.get("type") not in FURTHER_FIELDS:
        problems.add((*path, "type"), "UNION_TYPE_CHOICES", f"Component type {field.get('type')} is no field")
