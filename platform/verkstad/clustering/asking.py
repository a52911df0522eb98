"""Whether a note asks something that somebody must answer: a question, or a wish to know, with or without the sign.

Rules rather than likeness: a question is told by its form, whatever it is about. Swedish first, with some English and
Finnish. A reader can see why a note was marked, and takes the mark away with one key.
"""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"https?://\S+|\bwww\.\S+", re.IGNORECASE)
# Not a question, but a nod: "det är bra, eller hur?"
_NOD = re.compile(r"\b(eller hur|visst|inte sant|right|eikö niin)\s*\?", re.IGNORECASE)
_SIGN = re.compile(r"[?؟？]")
_CLAUSE = re.compile(r"[.!:;,()–—\n]|\s-\s")
_WORD = re.compile(r"[^\W\d_]+")

# Verbs that stand second in a question: without them "När skolan slutar" and "Vad bra att" would be questions.
_VERB = re.compile(
    r"(är|var|blir|blev|kan|kunde|ska|skall|skulle|kommer|kom|gör|gjorde|har|hade|får|fick|går|gick|finns"
    r"|fanns|händer|hände|vill|ville|måste|bör|borde|behöver|behövs|fungerar|tänker|tycker|menar|menas"
    r"|gäller|betyder|innebär|räknas|kostar|öppnar|stänger|börjar|slutar|startar|ansvarar|bestämmer"
    r"|beslutar|betalar|äger|sköter|når|hittar|vet|heter|ligger|står|tar|tog|ger|gav|ser|sker|bidrar|söker"
    r"|vänder|ringer|kontaktar|hör)",
    re.IGNORECASE,
)
# After these a verb is not needed: "Hur många timmar", "Varför togs".
_ALWAYS = re.compile(
    r"(varför|vem|vems|vart)\b|hur (många|mycket|ofta|länge|stor|stort|stora|långt|kommer det sig)\b|vad (händer|gör)\b"
    r"|(why|whose)\b|how (many|much|often|long)\b"
    r"|(kuka|kenen|kenelle|mitä|mikä|missä|mihin|milloin|miten|miksi|kuinka|paljonko|onko|voiko|saako|pitääkö)\b",
    re.IGNORECASE,
)
_WHICH = frozenset({"vilken", "vilket", "vilka"})
_WITH_A_VERB = _WHICH | {"hur", "vad", "när", "var"}
_ENGLISH = re.compile(
    r"(who|what|when|where|how|which)\s+(is|are|was|were|do|does|did|can|could|will|would|should|may|has|have|decides"
    r"|owns|pays)\b",
    re.IGNORECASE,
)
_OF_WHAT = r"(vem|vems|vad|hur|när|var|vart|varför|vilken|vilket|vilka|om|ifall)"
# To want to know, said outright.
_WANTS = re.compile(
    rf"\bundrar\b|\bfrågan är\b|\b(oklart|otydligt|ovisst|osäkert|diffust)( för \w+)? {_OF_WHAT}\b"
    rf"|\botydligt vilk|\b(vet inte|vet ej|vet ingen|ingen vet|vet vi inte|förstår inte) {_OF_WHAT}\b"
    r"|\bvill (gärna )?(veta|ha svar|ha besked|få svar|få besked)\b|\b(få|önskar|behöver) (ett )?(svar|besked)\b"
    r"|\binte fått (något )?(svar|besked)\b|\bkan (ni|någon|kommunen) (förklara|svara|berätta)\b"
    r"|\b(wonder|unclear)\b|\b(don'?t|do not|nobody|no one) knows? (who|what|when|where|how|why|if|whether)\b"
    r"|\b(want|like) to know\b|\b(ihmettelen|haluaisin tietää|en tiedä)\b",
    re.IGNORECASE,
)


def asks(text: str) -> bool:
    """Whether the note may be a question that needs an answer."""
    said = _ADDRESS.sub(" ", text).replace("’", "'")
    if _SIGN.search(_NOD.sub(" ", said)) or _WANTS.search(said):
        return True
    return any(_is_question(clause.strip()) for clause in _CLAUSE.split(_NOD.sub(" ", said)))


def _is_question(clause: str) -> bool:
    if _ALWAYS.match(clause) or _ENGLISH.match(clause):
        return True
    words = [word.lower() for word in _WORD.findall(clause)]
    if not words or words[0] not in _WITH_A_VERB:
        return False
    # "Vilka lokaler finns" has its verb a little later, "Hur ska" at once.
    return any(_VERB.fullmatch(word) for word in words[1 : 4 if words[0] in _WHICH else 2])
