"""What FollowTheMoney 4 has of the schemata that the export uses: the properties that are used, and those that must be there."""

from __future__ import annotations

_ACTOR = "name alias weakAlias country sector notes".split()
_LINK = "role summary description date recordId proof publisher sourceUrl retrievedAt".split()
PROPERTIES: dict[str, set[str]] = {
    "Article": set(
        "title name fileName author publisher publishedAt date modifiedAt retrievedAt sourceUrl language processingAgent bodyText".split()
    ),
    "Mention": set("document resolved name detectedSchema contextCountry".split()),
    "Documentation": {"document", "entity", *_LINK},
    "UnknownLink": {"subject", "object", *_LINK},
    "Event": set(
        "name summary notes keywords involved startDate endDate date location country recordId proof publisher sourceUrl retrievedAt".split()
    ),
    **{schema: set(_ACTOR) for schema in ("Person", "Organization", "PublicBody", "LegalEntity")},
}
REQUIRED: dict[str, set[str]] = {
    "Article": set(),
    "Mention": {"document", "name"},
    "Documentation": {"document", "entity"},
    "UnknownLink": {"object", "subject"},
    "Event": {"name"},
    "Person": {"name"},
    "Organization": {"name"},
    "PublicBody": {"name"},
    "LegalEntity": {"name"},
}
