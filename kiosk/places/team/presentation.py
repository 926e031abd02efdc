"""Drivers and people on screen."""

from __future__ import annotations

from kiosk.blocks.codes import code_of
from kiosk.places.dealers.words import DealersWords
from kiosk.places.kind import DoorArt, Kind
from kiosk.places.presenting import Context, code_to_take_home, picture_row
from kiosk.places.rows import Detail, FactRow, PictureRow
from kiosk.places.team.model import Driver, Person, Team
from kiosk.places.team.rows import DriverRow, PersonPage, PersonRow
from kiosk.places.team.words import TeamWords

FACE = 0.25
"""How far down a photograph a face is, where nobody says."""


def door(place: Team, _: Context) -> DoorArt:
    """The first start number and whose it is."""
    numbered = next((driver for driver in place.drivers if driver.number), None)
    if numbered is None:
        return DoorArt("", place.season or place.title)
    return DoorArt(numbered.number or "", numbered.name, in_roundel=True)


def driver_row(driver: Driver) -> DriverRow:
    """A driver as a roundel."""
    return DriverRow(
        name=driver.name,
        number=driver.number or "",
        initials=initials(driver.name),
        result=driver.result or "",
        result_label=driver.result_label or "",
    )


def driver_detail(driver: Driver, context: Context, place: Team) -> Detail:
    """A driver's season to read."""
    facts = (FactRow(driver.result, driver.result_label or ""),) if driver.result else ()
    return Detail(
        title=driver.name,
        figure_style="roundel",
        facts_style="figures",
        overline=place.season or place.name,
        figure=driver.number or "",
        paragraphs=driver.body,
        facts=facts,
        picture=picture_row(driver.picture or place.picture, context),
    )


def is_of_faces(place: Team) -> bool:
    """Whether its people are shown by their faces: where one of them is somebody to talk to."""
    return any(person.is_staff for person in place.people)


def person_row(person: Person, context: Context) -> PersonRow:
    """Somebody by the face."""
    face = face_of(person, context)
    return PersonRow(
        title=person.title,
        role=person.role or "",
        languages=_languages(person),
        initials=initials(person.title),
        source=face.source,
        focus_x=face.focus_x,
        focus_y=face.focus_y,
    )


def _languages(person: Person) -> str:
    """The languages somebody speaks, none of them broken between two lines."""
    return ", ".join(language.replace(" ", "\u00a0") for language in person.languages)


def person_page(place: Team, entry: int, context: Context) -> PersonPage:
    """Somebody to talk to, the number to take home, and who is next."""
    person = place.people[entry]
    code, caption, name = code_to_take_home(person.link, context)
    if person.phone:
        code = code_of(f"tel:{person.phone}")
        caption, name = context.words_of(DealersWords).scan_call, person.phone
    page = PersonPage(
        title=person.title,
        overline=place.name,
        initials=initials(person.title),
        role=person.role or "",
        languages=_languages(person),
        phone=person.phone or "",
        lead=person.summary,
        body="\n\n".join(person.body),
        code=code,
        code_caption=caption,
        code_name=name,
        facts=tuple(FactRow(fact.figure, fact.label) for fact in person.facts),
        **face_of(person, context)._asdict(),
    )
    if len(place.people) == 1:
        return page
    following = (entry + 1) % len(place.people)
    return page._replace(next_name=place.people[following].title, next_entry=following)


def face_of(person: Person, context: Context) -> PictureRow:
    """The photograph, with the face in view."""
    face = picture_row(person.picture, context)
    if person.picture is not None and "focus_y" not in person.picture.model_fields_set:
        return face._replace(focus_y=FACE)
    return face


def initials(name: str) -> str:
    """`PJ Groenke` as PG: of the first word and the last."""
    words = name.split()
    return "".join(word[0] for word in (words if len(words) < 3 else (words[0], words[-1])))


TEAM = Kind("team", Team, door=door, words=TeamWords)
