"""The formats that references are written in."""

from literature.exporters.bibtex import BibTex
from literature.exporters.csl_json import CslJson
from literature.exporters.model import Exporter
from literature.exporters.nbib import Nbib
from literature.exporters.ris import Ris

EXPORTERS: dict[str, Exporter] = {
    exporter.name: exporter for exporter in (Ris(), BibTex(), Nbib(), CslJson())
}
