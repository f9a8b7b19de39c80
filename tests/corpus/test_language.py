from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import is_english, may_be_foreign, surely_english

FOREIGN = [
    "Der Bürgermeister sagte am Montag, dass die Brücke sicher ist und nicht geschlossen wird.",
    "Le maire a dit lundi que le pont est sûr et qu'il ne sera pas fermé.",
    "El alcalde dijo el lunes que el puente es seguro y que no se va a cerrar.",
    "Il sindaco ha detto che il ponte è sicuro e che non sarà chiuso.",
    "O prefeito disse que a ponte é segura e que não será fechada.",
    "De burgemeester zei dat de brug veilig is en dat het niet wordt gesloten.",
    "Borgmästaren sade att bron är säker och att den inte ska stängas.",
    "Ordføreren sa at broen er trygg og at den ikke skal stenges.",
    "Borgmesteren sagde, at broen er sikker, og at den ikke bliver lukket.",
    "Pormestari sanoi, että silta on turvallinen ja että sitä ei suljeta.",
    "Burmistrz powiedział, że most jest bezpieczny i nie będzie zamknięty.",
    "Starosta řekl, že most je bezpečný a že se nebude zavírat.",
    "A polgármester azt mondta, hogy a híd biztonságos, és nem zárják le.",
    "Primarul a spus că podul este sigur și că nu va fi închis.",
    "Belediye başkanı köprünün güvenli olduğunu ve bu yıl için kapatılmayacağını söyledi.",
    "Wali kota mengatakan bahwa jembatan itu aman dan tidak akan ditutup untuk umum.",
    "Thị trưởng nói rằng cây cầu an toàn và sẽ không bị đóng cửa trong năm này.",
    "Мэр сказал, что мост безопасен и его не закроют.",
    "Ο δήμαρχος είπε ότι η γέφυρα είναι ασφαλής.",
    "قال العمدة إن الجسر آمن ولن يغلق.",
    "市长说这座桥是安全的，不会关闭。",
    "市長は橋は安全だと述べた。",
    "시장은 다리가 안전하다고 말했다.",
    "महापौर ने कहा कि पुल सुरक्षित है।",
    "ראש העיר אמר שהגשר בטוח.",
]


@pytest.mark.parametrize("text", FOREIGN)
def test_other_languages_are_told(text: str) -> None:
    assert not is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Anna Roe",
        "“Why?” Roe asked.",
        "Anna Roe said the plan was bold.",
        "Prime Minister Anna Roe met Mayor Peter Lind in Oslo. Roe said the bridge was safe.",
        "François Müller and José Núñez met Jürgen Groß in São Paulo, where they said that it was late.",
        "“Мы тут,” said the mayor of the town, who had learned the words from a friend when he was young.",
        "The mayor said: “C'est la vie, et je ne sais pas.” He laughed, and that was the end of it for the day.",
    ],
)
def test_english_is_told(text: str) -> None:
    assert is_english(text)


def test_a_long_text_of_names_and_numbers_is_not_english() -> None:
    assert not is_english("Roe 12 Lind 14 Moe 9 Dahl 3 Bru 77 " * 20)


def test_foreign_words_do_not_make_an_english_article_foreign() -> None:
    english = "The mayor of the town said that the bridge was safe and that it would not be closed this year. "
    assert is_english(english * 4 + FOREIGN[0])
    assert not is_english(english + " ".join(FOREIGN[:12]) * 3)


@pytest.mark.parametrize("text", FOREIGN)
def test_what_is_surely_english_is_no_other_language(text: str) -> None:
    assert not surely_english(text)
    assert not surely_english("Anna Roe")
    assert surely_english("The mayor of the town said that the bridge was safe.")


def test_letters_beyond_english_are_worth_the_asking() -> None:
    assert may_be_foreign("Die Brücke")
    assert may_be_foreign("Мост")
    assert not may_be_foreign("“The bridge — it’s safe,” she said.")


@given(st.text())
def test_never_raises(text: str) -> None:
    is_english(text)
    surely_english(text)
    may_be_foreign(text)
