"""Small Swedish words that say nothing of a subject."""

from __future__ import annotations

_WORDS = """
aldrig all alla allt alltid alltså andra angående annan annat att av bara behöver behövs beträffande bl bla bland blev
bli blir blivit borde bra båda både bägge bör cirka dag de dem den denna deras dess dessa dessutom det detta dig din
dina dit ditt dock du dvs då där däremot därför efter eftersom eller en endast enligt ens er era ert etc ett exempelvis
fast fick finns fler flera flest flesta fleste fram från få får fått för före första ganska ge genom gentemot ger gick
gjort gå gången gånger går gör göra ha hade han handlar har hela hellre helst helt henne hennes hit hon honom hos hur
huruvida hända hände händer hänt här i ibland idag ifall ifrån igen in inga ingen inget innan inom inte intill invid
istället ja jag ju just kan kanske kom komma kommer kring kunde kunna ligger liksom lite långt längs man massa med
mellan men mer mest mig min mina mindre minst mitt mm mot mycket många måste möjligt nej ner ni nog nu nya nytt någon
något några när nära nästan oavsett och också ofta olika om omkring oss osv ovan par per på redan resp riktigt runt
rätt rörande sak saker samma samt samtidigt se sedan ser sig sin sina sitt själv själva ska skall skulle snart som stor
stora större sådan sådana sådant således såsom sällan ta tack tar tex till tills tror trots tycker under ungefär upp ut
utan utom vad var vara varandra vare varför varit varje vars vart vem verkligen vet vi via vid viktigt vilja vilka
vilken vilket vill vår våra vårt väl åt än ändå ännu är även över
"""
STOP_WORDS = frozenset(_WORDS.split())
