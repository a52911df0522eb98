"""Small Swedish words that say nothing of a subject."""

from __future__ import annotations

_WORDS = """
aldrig all alla allt alltid alltså andra annan annat att av bara behöver behövs bland blev bli blir blivit borde bra
både bör dag de dem den denna deras dess dessa det detta dig din dina dit ditt dock du där därför då efter eftersom
eller en ens er era ert ett exempelvis fast fick finns fler flera flest fram från får få fått för före första ge genom
ger gick gjort gör göra gå gången gånger går ha hade han handlar har hela hellre helst hennes henne hit hon honom hos
hur hända händer hände hänt här i ibland idag igen in inga ingen inget inom innan inte istället ja jag ju just kan
kanske kom komma kommer kunde kunna ligger lite långt man massa med mellan men mer mest mig min mina mindre minst mitt
mot mycket många måste möjligt nej ner ni nog nu nya nytt någon något några när nära och också ofta olika om oss ovan
par på redan rätt sak saker samma samt se sedan ser sig sin sina sitt själv ska skall skulle snart som stor stora
större ta tar tex till tills trots tror tycker under upp ut utan vad var vara varandra vare varför varit varje vart
vem verkligen vet vi vid viktigt vilja vilka vilken vilket vill vår våra vårt väl än ännu är även åt över
"""
STOP_WORDS = frozenset(_WORDS.split())
