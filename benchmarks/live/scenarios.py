"""The evenings that are measured, and what issue by issue they have been promised to hold."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.live.plan import Crew


@dataclass(frozen=True)
class Scenario:
    """Who is there, and how many notes a second they write; the ceiling looks for that."""

    name: str
    crew: Crew
    rate: float = 0.0


EVENING = Scenario("evening", Crew(60, 8, 1), 2)
HALL = Scenario("hall", Crew(300, 40, 2), 20)
CITY = Scenario("city", Crew(1000, 120, 2), 100)
STORM = Scenario("storm", Crew(1000, 120, 2), 20)
CEILING = Scenario("ceiling", Crew(500, 60, 2))
TWO = Scenario("two", CITY.crew, CITY.rate)  # the city on two servers
ALL = (EVENING, HALL, CITY, TWO, STORM, CEILING)


@dataclass(frozen=True)
class Pace:
    """How long and how often; the quick one is for trying things, and its figures say little about tails."""

    rounds: int
    warm_up: float
    seconds: float
    least_notes: int  # a slow evening is followed until so many notes have been written
    step: float  # seconds of each rate on the way to the ceiling
    tries: int  # a rate has passed when one of so many tries has
    quick: bool

    def length(self, rate: float) -> float:
        return max(self.seconds, self.least_notes / rate)


FULL = Pace(rounds=3, warm_up=4, seconds=30, least_notes=100, step=8, tries=2, quick=False)
QUICK = Pace(rounds=1, warm_up=2, seconds=6, least_notes=30, step=3, tries=2, quick=True)
