"""Plain rows for people who look at the record with another program: names and quoted words joined into one row each."""

from __future__ import annotations

from typing import Final

from onrecord.record.row_ids import PLACES

VIEWS: Final = {
    # Who said what: a row a statement.
    "said": f"""SELECT a.id || '#s' || (s.id & {PLACES}) AS id, a.published, a.outlet, a.headline, s.source_text AS source, w.name AS speaker,
    coalesce(w.country, s.source_country) AS country, coalesce(w.sector, s.source_sector) AS sector,
    s.cue_text AS cue, s.content_text AS content, s.kind, s.quotation, s.attitude, s.negated,
    l.name AS addressee, s.date AS said_on, s.confidence, a.id AS article,
    (SELECT min(c.start) FROM contents c WHERE c.statement = s.id) AS content_start,
    (SELECT max(c."end") FROM contents c WHERE c.statement = s.id) AS content_end
    FROM statements s JOIN articles a ON a.serial = s.article
    LEFT JOIN appearances sp ON sp.id = s.source_actor LEFT JOIN actors w ON w.id = sp.actor
    LEFT JOIN appearances li ON li.id = s.addressee LEFT JOIN actors l ON l.id = li.actor
    WHERE NOT s.wrong""",  # nosec B608  # names of ours
    # Who did what to whom, each event once: a row an actor and recipient; `status` says whether it has come about.
    "told": f"""SELECT a.id || '#e' || (e.id & {PLACES}) AS id, e.from_date, e.to_date, e.status, e.type, e.mode, coalesce(aw.name, ac.text) AS actor,
    coalesce(rw.name, re.text) AS recipient, p.name AS place, e.dead_low, e.dead_high, e.injured_low, e.injured_high,
    e.crowd_low, e.crowd_high, s.source_text AS reported_by, substr(a.text, e.sentence_start + 1, e.sentence_end - e.sentence_start) AS sentence, e.confidence,
    a.published, a.outlet, a.headline, a.id AS article, e.sentence_start, e.sentence_end
    FROM events e JOIN articles a ON a.serial = e.article
    LEFT JOIN event_parties ac ON ac.event = e.id AND ac.role = 'actor'
    LEFT JOIN appearances aa ON aa.id = ac.actor LEFT JOIN actors aw ON aw.id = aa.actor
    LEFT JOIN event_parties re ON re.event = e.id AND re.role = 'recipient'
    LEFT JOIN appearances ra ON ra.id = re.actor LEFT JOIN actors rw ON rw.id = ra.actor
    LEFT JOIN places p ON p.id = e.place LEFT JOIN statements s ON s.id = e.reported_by
    WHERE e.event = e.id AND NOT e.wrong""",  # nosec B608  # names of ours
    # Who is named where: a row a mention.
    "named": """SELECT a.id AS article, m.number, m.start, m."end", substr(a.text, m.start + 1, m."end" - m.start) AS words,
    m.type, m.form, w.id AS actor, w.name, w.country, w.sector, a.published, a.outlet, a.headline
    FROM mentions m JOIN articles a ON a.serial = m.article
    LEFT JOIN appearances p ON p.id = m.actor LEFT JOIN actors w ON w.id = p.actor""",
    # Which report was made from which.
    "descended": """SELECT c.article, a.headline, a.outlet, a.published, c."of", o.headline AS of_headline,
    o.outlet AS of_outlet, o.published AS of_published, c.kind, c.score, c.directed, a.story
    FROM copies c JOIN articles a ON a.id = c.article JOIN articles o ON o.id = c."of" """,
}
