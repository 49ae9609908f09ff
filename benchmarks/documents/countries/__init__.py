"""The countries whose documents are written, one module each."""

from benchmarks.documents.countries import cz, de, es, fr, gr, it, nl, pl, pt, ro, se
from benchmarks.documents.country import Country

COUNTRIES: tuple[Country, ...] = tuple(m.COUNTRY for m in (cz, de, es, fr, gr, it, nl, pl, pt, ro, se))
