"""Numbers, money and days read as people of the language write them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from kiosk.language.localization import localization

APRIL, SEPTEMBER = date(2024, 4, 5), date(2024, 9, 18)
NB = "\u00a0"


@pytest.mark.parametrize(
    ("language", "payment", "price", "rate", "number"),
    [
        ("en", "€564.36", "€33,000", "3.99%", "12,345"),
        ("en-GB", "€564.36", "€33,000", "3.99%", "12,345"),
        ("de", f"564,36{NB}€", f"33.000{NB}€", f"3,99{NB}%", "12.345"),
        ("de-AT", f"€{NB}564,36", f"€{NB}33.000", f"3,99{NB}%", "12.345"),
        ("fr", f"564,36{NB}€", f"33{NB}000{NB}€", f"3,99{NB}%", f"12{NB}345"),
        ("es", f"564,36{NB}€", f"33.000{NB}€", f"3,99{NB}%", "12.345"),
        ("es-US", "€564.36", "€33,000", "3.99%", "12,345"),
        ("pl", f"564,36{NB}€", f"33{NB}000{NB}€", "3,99%", f"12{NB}345"),
        ("tr", "€564,36", "€33.000", "%3,99", "12.345"),
        ("ja", "€564.36", "€33,000", "3.99%", "12,345"),
    ],
)
def test_amounts_are_written_as_in_the_language(
    language: str, payment: str, price: str, rate: str, number: str
) -> None:
    local = localization(language)

    assert local.money(Decimal("564.36"), "€") == payment
    assert local.money(Decimal(33000), "€", round_as_whole=True) == price
    assert local.percent(Decimal("3.990")) == rate
    assert local.number(12345) == number


@pytest.mark.parametrize(
    ("language", "currency", "amount"),
    [
        ("en", "$", "$564.36"),
        ("en", "USD", "$564.36"),
        ("en", "CHF", f"CHF{NB}564.36"),
        ("de-CH", "CHF", f"CHF{NB}564.36"),
        ("pl", "zł", f"564,36{NB}zł"),
        ("cs", "Kč", f"564,36{NB}Kč"),
        ("ja", "¥", "¥564"),
        ("ja", "JPY", "¥564"),
        ("zh", "¥", "¥564.36"),
    ],
)
def test_a_currency_has_its_place_and_its_smaller_unit(
    language: str, currency: str, amount: str
) -> None:
    assert localization(language).money(Decimal("564.36"), currency) == amount


@pytest.mark.parametrize(
    ("language", "day", "days", "figure", "single", "month"),
    [
        ("en", "April 5, 2024", "September 18–26, 2024", "18–26", "18", "September"),
        ("en-GB", "5 April 2024", "18–26 September 2024", "18–26", "18", "September"),
        ("de", "5. April 2024", "18.–26. September 2024", "18.–26.", "18.", "September"),
        ("fr", "5 avril 2024", "18–26 septembre 2024", "18–26", "18", "septembre"),
        ("es", "5 de abril de 2024", "18–26 de septiembre de 2024", "18–26", "18", "septiembre"),
        ("pl", "5 kwietnia 2024", "18–26 września 2024", "18–26", "18", "września"),
        ("tr", "5 Nisan 2024", "18–26 Eylül 2024", "18–26", "18", "Eylül"),
        ("ja", "2024年4月5日", "2024年9月18日～26日", "18日～26日", "18日", "9月"),
        ("hu", "2024. április 5.", "2024. szeptember 18–26.", "18–26.", "18.", "szeptember"),
    ],
)
def test_days_are_written_as_in_the_language(
    language: str, day: str, days: str, figure: str, single: str, month: str
) -> None:
    local, last = localization(language), date(2024, 9, 26)

    assert local.day(APRIL) == day
    assert local.days(SEPTEMBER, last) == days
    assert local.days(APRIL, APRIL) == day
    assert local.day_figure(SEPTEMBER, last) == figure
    assert local.day_figure(SEPTEMBER, SEPTEMBER) == single
    assert local.month_figure(SEPTEMBER, last) == month


@pytest.mark.parametrize(
    ("first", "last", "english", "german"),
    [
        (date(2024, 4, 30), date(2024, 5, 2), "April 30 – May 2, 2024", "30. April – 2. Mai 2024"),
        (
            date(2024, 12, 30),
            date(2025, 1, 2),
            "December 30, 2024 – January 2, 2025",
            "30. Dezember 2024 – 2. Januar 2025",
        ),
    ],
)
def test_days_across_the_end_of_a_month_name_both(
    first: date, last: date, english: str, german: str
) -> None:
    assert localization("en").days(first, last) == english
    assert localization("de").days(first, last) == german
    assert localization("de").day_figure(first, last) == f"{first.day}.–{last.day}."


@pytest.mark.parametrize(
    ("language", "region", "near", "far"),
    [
        ("en", None, "3.4 mi", "62 mi"),
        ("en-GB", None, "3.4 mi", "62 mi"),
        ("en", "uk", "3.4 mi", "62 mi"),
        ("es", "us", "3.4 mi", "62 mi"),
        ("de", "us", "3,4 mi", "62 mi"),
        ("en-IE", None, "5.4 km", "100 km"),
        ("de", None, "5,4 km", "100 km"),
        ("fr", "other", f"5,4{NB}km", f"100{NB}km"),
        ("pl", None, "5,4 km", "100 km"),
    ],
)
def test_a_distance_is_in_the_countrys_unit(
    language: str, region: str | None, near: str, far: str
) -> None:
    local = localization(language, region)

    assert (local.distance(5.44, None), local.distance(100.2, None)) == (near, far)


def test_a_distance_in_a_given_unit_keeps_it_and_rounds_once() -> None:
    assert localization("de").distance(1609.344, "mi") == "1.000 mi"
    assert localization("en").distance(9.96, "km") == "10 km"


@pytest.mark.parametrize(
    ("language", "on_the_hour", "past_it"),
    [
        ("en", "9 AM", "5:30 PM"),
        ("en-GB", "09:00", "17:30"),
        ("de", "09:00", "17:30"),
        ("fr", "09:00", "17:30"),
        ("fr-CA", "9 h", "17 h 30"),
    ],
)
def test_an_hour_is_written_as_on_a_door(language: str, on_the_hour: str, past_it: str) -> None:
    local = localization(language)
    texts = [local.hour(9 * 60), local.hour(17 * 60 + 30)]
    assert [re.sub(r"\s", " ", text) for text in texts] == [on_the_hour, past_it]


@pytest.mark.parametrize(
    ("language", "months", "a_year"),
    [
        ("en", "48 months", "12,000 mi"),
        ("en-GB", "48 months", "12,000 mi"),
        ("de", "48 Monate", "12.000 km"),
        ("es", "48 meses", "12.000 km"),
    ],
)
def test_a_term_and_a_mileage_are_written_in_the_language(
    language: str, months: str, a_year: str
) -> None:
    local = localization(language)

    assert (local.months(48), local.distance_a_year(12000)) == (months, a_year)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", {1: "one", 2: "other", 5: "other"}),
        ("fr", {1: "one", 2: "other", 5: "other"}),
        ("pl", {1: "one", 2: "few", 5: "many", 22: "few", 25: "many"}),
        ("ru", {1: "one", 21: "one", 3: "few", 11: "many"}),
        ("ja", {1: "other", 2: "other"}),
    ],
)
def test_a_noun_takes_the_languages_form(language: str, forms: dict[int, str]) -> None:
    assert {count: localization(language).plural(count) for count in forms} == forms


def test_a_country_that_the_language_has_no_rules_for_is_written_as_the_language() -> None:
    assert localization("de-DK").day(APRIL) == "5. April 2024"
    assert localization("de", "uk").day(APRIL) == "5. April 2024"
    assert localization("en", "uk").day(APRIL) == "5 April 2024"


@pytest.mark.parametrize("language", ["fr", "fr-CH", "de", "ja", "pl", "tr", "sv", "en"])
def test_nothing_is_written_with_a_space_that_the_typeface_lacks(language: str) -> None:
    local = localization(language)
    texts = (
        local.money(Decimal("1234567.5"), "€"),
        local.percent(Decimal("4.9")),
        local.distance(1234.5, None),
        local.days(date(2024, 4, 30), date(2024, 5, 2)),
    )
    assert not {"\u202f", "\u2009"} & set("".join(texts))
