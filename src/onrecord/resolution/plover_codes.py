"""PLOVER's codes of actors (manual 2.0, chapter 5): its sectors, and what stands for a country where there is none."""

from __future__ import annotations

from typing import Final

# Table 5.2.
SECTORS: Final = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC NGO".split()
)
# Table 5.1: actors of no state.
NO_STATES: Final = frozenset("IGO UNO EUR NGO ISM IMG MNC".split())
