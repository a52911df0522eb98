"""Other languages are told from the home language by their letters; too short a text is at home."""

from __future__ import annotations

import pytest

from verkstad.clustering.language import foreign


@pytest.mark.parametrize(
    "text",
    [
        "Nobody answers when you call the office",
        "Meillä ei ole paikkaa missä tavata naapureita",
        "Waxaan u baahanahay meel aan ku kulanno",
        "نحتاج إلى مكان نلتقي فيه",
        "Potrzebujemy miejsca dla młodzieży",
        "Wir brauchen einen Platz für die Jugend",
    ],
)
def test_another_language_is_told(text: str) -> None:
    assert foreign([text])[0]


@pytest.mark.parametrize(
    "text",
    [
        "Vi behöver en plats för ungdomarna",
        "Gratis bussar, trygga parker",
        "trasig belysning bakom skolan",
        "Skatepark",
        "OK",
        "",
        "12 500 kr!",
        "🙂",
    ],
)
def test_swedish_and_what_is_too_short_are_at_home(text: str) -> None:
    assert not foreign([text])[0]


def test_no_notes_are_in_no_language() -> None:
    assert foreign([]).shape == (0,)
