"""What a picture is made of: the question that it pictures, and the addresses that lead from it to other pictures and to its rows."""

# Annotations stay what they are: FastAPI looks for the types of a class in no module.

from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from fastapi import Depends, Query

from onrecord.api.counting import EventQuestion, Question
from onrecord.record.asking.given import read_day, read_event_question, read_kind
from onrecord.web.pages import address
from onrecord.web.questions import EventsQuestion, SaidQuestion

Of = Literal["said", "events"]
As = Literal["time", "matrix", "network", "map", "timeline"]
# A map is of what happens somewhere.
PICTURES: Final[dict[Of, tuple[As, ...]]] = {
    "said": ("time", "matrix", "network", "timeline"),
    "events": ("time", "matrix", "network", "map", "timeline"),
}
_LONGEST: Final = 500


@dataclass(frozen=True)
class Pictured:
    """The question of a picture.

    Attributes:
        of: statements or events.
        asked: the question to them, as its own room has it.
        place: id of a place, of events: it happened there, or at a place in it.
        once: copies count once.
        countries: who on whom is told of countries, not of actors; of events alone.
    """

    of: Of
    asked: SaidQuestion | EventsQuestion
    place: str
    once: bool
    countries: bool

    @property
    def question(self) -> Question | EventQuestion:
        """The question to the record.

        Raises:
            UsageError: for what cannot be meant as it is put.
        """
        given = dict(self.asked.filters)
        if self.of == "events":
            given["statuses"] = tuple(given.pop("status", ()))
            return read_event_question(EventQuestion(**given, place=self.place or None))
        kind, since, until = (given.pop(name, None) for name in ("kind", "since", "until"))
        return Question(
            **given,
            kind=read_kind(kind),
            since=read_day(since, "--since"),
            until=read_day(until, "--until"),
        )

    @property
    def side(self) -> Literal["actors", "countries"]:
        """Who a row or a column is."""
        return "countries" if self.countries and self.of == "events" else "actors"

    @property
    def told(self) -> dict[str, Any]:
        """All that is asked, as it stands in an address."""
        more: dict[str, Any] = {"place": self.place, "once": self.once, "countries": self.countries}
        of_record = {n: v for n, v in self.asked.asked.items() if n in ("as_of", "versions")}
        kept = {name: _written(value) for name, value in more.items() if value}
        return dict(self.asked.filters) | of_record | kept

    def picture(self, **changed: Any) -> str:
        """The address of this picture with some of it changed; None leaves a field out."""
        return address("/pictures", **({"of": self.of} | self.told | changed))

    def json(self, as_: As) -> str:
        """The address of the same as JSON."""
        return address(f"/api/pictures/{as_}", of=self.of, **self.told)

    def other(self, of: Of) -> str:
        """The address of pictures of the other question, with as much of this one as both have."""
        kept = {n: v for n, v in self.told.items() if n in ("since", "until", "outlet", "as_of", "versions")}
        return address("/pictures", of=of, **kept)

    def rows(self, **narrowed: Any) -> str:
        """The address of the rows: of all of them, or of those that also fit what is given.

        Args:
            since, until: ISO days; the question's own hold too.
        """
        given = self.told
        for name, later in (("since", max), ("until", min)):
            if given.get(name) and narrowed.get(name):
                narrowed[name] = later(given[name], narrowed[name])
        if self.place:
            return self.picture(**({"as": "timeline"} | narrowed))
        given = {n: v for n, v in given.items() if n not in ("once", "countries")}
        return address(f"/{self.of}", **(given | narrowed))


def _written(value: Any) -> Any:
    return "true" if value is True else value


def _pictured(
    said: Annotated[SaidQuestion, Depends()],
    events: Annotated[EventsQuestion, Depends()],
    of: Annotated[Of, Query(description="Pictures of statements, or of events.")] = "said",
    place: Annotated[
        str, Query(max_length=_LONGEST, description="The id of a place: events there, or in it.")
    ] = "",
    once: Annotated[
        bool, Query(description="Copies once: of each story the report that has most of the statements.")
    ] = False,
    countries: Annotated[bool, Query(description="Events by country, not by actor.")] = False,
) -> Pictured:
    return Pictured(of, events if of == "events" else said, place.strip(), once, countries)


Picturing = Annotated[Pictured, Depends(_pictured)]
