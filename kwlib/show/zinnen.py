"""Wording with fixed rules: the same facts always give the same words, and never vaguer ones."""

from __future__ import annotations

from kwlib.show import nl
from kwlib.show.delen import Deel, Tekst, samen, tekst, vul
from kwlib.show.feiten import Cijfer

KLEIN = 20  # fewer says too little for a percentage or a development (V24)
REDENEN = {
    "nog_te_vroeg": "Het is nog te vroeg om te meten.",
    "niet_tastbaar": "Het resultaat is niet goed in een cijfer te vangen.",
    "geen_indicator": "Er is niet afgesproken wat wij meten.",
    "geen_nulmeting": "Het begin is niet gemeten.",
    "registratie_ontbreekt": "Niemand heeft dit bijgehouden.",
    "partner_levert_niet": "De partner heeft het cijfer niet gegeven.",
    "privacy": "Het cijfer zou iets over herkenbare mensen zeggen.",
    "kosten_te_hoog": "Meten kost meer dan het oplevert.",
    "niet_in_bronnen": "Het staat niet in de openbare bronnen.",
    "vergeten": "Het is niet ingevuld.",
}
OORZAAK = ("wij hopen dat", "wij hopen dat", "naar verwachting", "er zijn aanwijzingen dat", "uit onderzoek blijkt dat")


def ontbreekzin(reden: str | None) -> str:
    """Return the fixed sentence for a reason code."""
    return REDENEN.get(reden or "", "De reden is niet opgegeven.")


def oorzaakzin(niveau: int) -> str:
    """Return how sure a causal sentence may sound, by level of evidence 0-4 (effectladder)."""
    return OORZAAK[niveau]


def telzin(aantal: Cijfer, totaal: Cijfer, enkel: str, meer: str) -> Tekst:
    """Say 'x van de y projecten' exactly: geen, één, zeventien, alle; never 'vrijwel' or 'een enkel'."""
    n, alles = aantal.waarde, totaal.waarde
    if n > alles:
        raise ValueError(f"{aantal.id} is more than {totaal.id}")
    heel = Deel(nl.getal(alles), c=totaal)
    if alles == 0:
        return samen(Deel("geen enkel", c=totaal), f" {enkel}")
    if alles == 1:
        return samen(Deel("het enige" if n else "geen", c=aantal), f" {enkel}")
    if n == 0:
        return samen(Deel("geen", c=aantal), " van de ", heel, f" {meer}")
    if n == alles:
        return samen(
            Deel("beide" if alles == 2 else "alle", c=aantal), *([] if alles == 2 else [" ", heel]), f" {meer}"
        )
    return samen(aantal_tekst(aantal), " van de ", heel, f" {meer}")


def werkwoord(aantal: Cijfer, enkel: str, meer: str) -> str:
    """Return the verb that goes with `telzin`: 'geen van de vijf is', 'één van de vijf is', 'twee van de vijf zijn'."""
    return enkel if aantal.waarde < 2 else meer


def aantal_tekst(aantal: Cijfer) -> Deel:
    """Return a count in words as one traceable part."""
    return tekst(aantal)[0]


def met_woord(aantal: Cijfer, enkel: str, meer: str) -> Tekst:
    """Return 'één project', 'twee projecten'; zero is 'geen projecten'."""
    if aantal.waarde == 0:
        return samen(Deel("geen", c=aantal), f" {meer}")
    return samen(aantal_tekst(aantal), f" {nl.meervoud(aantal.waarde, enkel, meer)}")


def procentzin(teller: Cijfer, noemer: Cijfer, deel: Cijfer) -> Tekst:
    """Return a percentage, or 'x van de y' when it rests on fewer than twenty (V24)."""
    if noemer.waarde < KLEIN:
        return vul("{teller} van de {noemer}", teller=teller, noemer=noemer)
    return tekst(deel)
