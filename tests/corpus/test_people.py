from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.people import KnownPerson, find, merge


def names(*given: str) -> dict[str, set[str]]:
    """The merged people, each with all names of theirs; the name given first was used most."""
    people = merge((name, len(given) - at) for at, name in enumerate(given))
    return {one.name: {one.name, *one.aliases} for one in people}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskiy"),
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Mohammed Dahl", "Muhammad Dahl"),
        ("Mohamed Dahl", "Mohammad Dahl"),
        ("Yevgeny Dahl", "Evgeni Dahl"),
        ("Khaled Dahl", "Khalid Dahl"),
        ("Alexander Dahl", "Aleksandr Dahl"),
        ("Angela Müller", "Angela Mueller"),
        ("José Núñez", "Jose Nunez"),
        ("Søren Dahl", "Soren Dahl"),
        ("Anna Roe", "Anna M. Roe"),
        ("Anna Roe", "Anna Maria Roe"),
        ("Anna M. Roe", "Anna Maria Roe"),
        ("Anna Roe", "Sen. Anna Roe"),
        ("Anna Roe", "Former President Anna Roe"),
        ("Anna Roe", "Norwegian Prime Minister Anna Roe"),
        ("Anna Roe", "ANNA ROE"),
        ("Anna Roe", "Anna Roe Jr."),
        ("Jean-Luc Dahl", "Jean Luc Dahl"),
        ("Pia Roe-Lind", "Pia Roe Lind"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("J.D. Dahl", "JD Dahl"),
        ("Robert Dahl", "Bob Dahl"),
        ("Anna Roe", "Roe"),
        ("Anna Roe", "President Roe"),
        ("Volodymyr Zelensky", "Zelenskyy"),
        ("Anna Roe", "A. Roe"),
        ("Pia Wester Lind", "Wester Lind"),
        ("Pia Wester Lind", "Wester-Lind"),
        ("Chris Van Dahl", "Van Dahl"),
        ("Ursula von der Heide", "von der Heide"),
        ("Xi Dahlping", "Xi"),
        ("the Kremlin", "Kremlin"),
        ("City Council", "the city council"),
        ("U.S. officials", "US officials"),
    ],
)
def test_names_of_one_person_are_merged(one: str, other: str) -> None:
    assert names(one, other) == {one: {one, other}} or names(one, other) == {other: {one, other}}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("John Smith", "Jane Smith"),
        ("Anna B. Roe", "Anna C. Roe"),
        ("Anna Berit Roe", "Anna Cora Roe"),
        ("Brian Dahl", "Bryan Holm"),
        ("Pia Roe-Lind", "Pia Lind"),
        ("Pia Roe-Lind", "Lind"),
        ("Anna Maria Roe", "Maria Roe"),
        ("Peter Lee", "Peter Li"),
        ("Marta Roe", "Maria Roe"),
        ("Anna Bryan", "Brian"),
        ("Russian officials", "U.S. officials"),
        ("city council", "town council"),
        ("Anna Jordan", "Jordan"),
        ("Anna Roe", "@roe"),
        ("B. Roe", "Anna Roe"),
    ],
)
def test_names_of_two_are_not(one: str, other: str) -> None:
    assert names(one, other) == {one: {one}, other: {other}}


@pytest.mark.parametrize("bare", ["Roe", "President Roe", "ROE"])
def test_a_surname_of_two_is_nobody_else_s(bare: str) -> None:
    found = names("Anna Roe", "Martin Roe", bare)
    assert found["Anna Roe"] == {"Anna Roe"}
    assert found["Martin Roe"] == {"Martin Roe"}
    assert len(found) == 3


def test_initials_that_fit_two_are_a_third() -> None:
    assert len(names("Anna Roe", "Aud Roe", "A. Roe")) == 3
    assert len(names("Anna Roe", "Bo Roe", "A. Roe")) == 2
    # An unknown "B. Roe" bears the surname as well.
    assert len(names("Anna Roe", "B. Roe", "Roe")) == 3


def test_a_name_without_middle_name_fits_two_and_is_neither() -> None:
    assert len(names("Anna B. Roe", "Anna C. Roe", "Anna Roe")) == 3
    assert len(names("Anna B. Roe", "Anna Roe")) == 1


def test_a_word_that_is_no_first_name_makes_no_person_of_a_firm() -> None:
    people = merge([("Hey Dateboat", 1), ("Dateboat", 40)])
    assert [one.name for one in people] == ["Dateboat", "Hey Dateboat"]


def test_the_name_is_the_full_one_used_most() -> None:
    people = merge([("Lind", 50), ("Sen. Peter Lind", 3), ("Peter Linde", 9), ("Peter S. Lind", 1), ("PETER LIND", 9)])
    assert people[0] == KnownPerson("Peter Lind", ("Lind", "PETER LIND", "Sen. Peter Lind", "Peter S. Lind"), 63)


def test_joint_statements_count_for_each() -> None:
    people = merge([("Anna Roe", 3), ("Lind and Anna Roe", 2), ("Peter Lind", 1), ("Tove Moe and others", 1)])
    assert people == (
        KnownPerson("Anna Roe", ("Lind and Anna Roe",), 5),
        KnownPerson("Peter Lind", ("Lind and Anna Roe",), 3),
        KnownPerson("Tove Moe", ("Tove Moe and others",), 1),
    )
    assert names("Research and Development") == {"Research and Development": {"Research and Development"}}


def test_most_statements_come_first_whatever_the_order() -> None:
    given = [("Tove Moe", 2), ("Anna Roe", 5), ("Roe", 1), ("Ola Bru", 2), ("Kremlin", 9)]
    assert [one.name for one in merge(given)] == ["Kremlin", "Anna Roe", "Ola Bru", "Tove Moe"]
    assert merge(given) == merge(reversed(given))
    assert merge([]) == merge([("", 3), (" ", 1)]) == ()


def test_counts_of_one_name_add_up() -> None:
    assert merge([("Anna Roe", 2), ("Anna Roe", 3)]) == (KnownPerson("Anna Roe", (), 5),)


RECORD = merge(
    [
        ("Anna Roe", 5),
        ("Martin Roe", 4),
        ("Roe", 3),
        ("Volodymyr Zelensky", 3),
        ("Peter Lind", 2),
        ("Lind", 1),
        ("the Kremlin", 2),
        ("Holm", 2),
        ("Xi Dahlping", 1),
        ("Pia Wester Lind", 1),
        ("Mohammed Dahl", 1),
    ]
)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Anna Roe", ["Anna Roe"]),
        ("anna roe", ["Anna Roe"]),
        ("Prime Minister Anna Roe", ["Anna Roe"]),
        ("Anna M. Roe", ["Anna Roe"]),
        ("A. Roe", ["Anna Roe"]),
        ("Roe", ["Anna Roe", "Martin Roe", "Roe"]),
        ("roe", ["Anna Roe", "Martin Roe", "Roe"]),
        ("Zelenskyy", ["Volodymyr Zelensky"]),
        ("President Zelenskiy", ["Volodymyr Zelensky"]),
        ("Volodymyr Zelenskyy", ["Volodymyr Zelensky"]),
        ("Muhammad Dahl", ["Mohammed Dahl"]),
        ("Wester Lind", ["Pia Wester Lind"]),
        ("Xi", ["Xi Dahlping"]),
        ("kremlin", ["the Kremlin"]),
        # Of whom only the surname is on record, the first name may be this one.
        ("Tove Holm", ["Holm"]),
        ("Berit Roe", ["Roe"]),
        ("Berit Dahl", []),
        ("Tove", []),
        ("", []),
        ("?", []),
    ],
)
def test_whom_an_asked_name_can_mean(asked: str, expected: list[str]) -> None:
    assert [one.name for one in find(asked, RECORD)] == expected


@given(st.lists(st.tuples(st.text(), st.integers(1, 9))), st.text())
def test_no_name_raises_and_no_statement_is_lost(given: list[tuple[str, int]], asked: str) -> None:
    people = merge(given)
    kept = sum(count for name, count in given if name.strip())
    assert sum(one.statements for one in people) >= kept
    find(asked, people)


PARTS = st.sampled_from(
    ["Anna", "Anne", "A.", "Roe", "Lind", "Roe-Lind", "van", "Sen.", "the", "and", ",", "Xi", "M.", "US"]
)


@given(st.lists(st.tuples(st.lists(PARTS, min_size=1, max_size=4).map(" ".join), st.integers(1, 9)), max_size=12))
def test_every_name_is_found_under_somebody(given: list[tuple[str, int]]) -> None:
    people = merge(given)
    known = {form for one in people for form in (one.name, *one.aliases)}
    assert {name for name, _ in given} <= known | {one.name for one in people}
    assert [one.statements for one in people] == sorted((one.statements for one in people), reverse=True)
