// title: How firmly Llama's lineage is told, and by whom
// topic: lineage
// about: Descendants of Llama by the strength of their best path to a Llama family: declared in metadata, stated in prose, or inferred; and by whose word that path holds. Authors' is one that the authors tell alone. Another needs the Hub's word that a repository bears a new name, or the register's: a re-upload that is known, a rename, a guess. A model of several families counts once, by its firmest.
// footprint: 95 strength
// chart: stack label=strength parts=author,hub,register head=Lineage
// shares: share
// param strengths = ["declared", "stated", "inferred"]: which strengths of lineage count
// param sources = ["author", "hub", "annotator", "register"]: whose word counts: the author's, the Hub's, annotators', the register's
MATCH (m:Model)-[i:IN_FAMILY]->(f:Family)
WHERE f.llama AND m.crawled AND NOT m.official
      AND i.strength IN $strengths AND coalesce(i.source, 'register') IN $sources
WITH m, max(CASE i.strength WHEN 'declared' THEN 30 WHEN 'stated' THEN 20 ELSE 10 END
            + CASE i.source WHEN 'author' THEN 3 WHEN 'hub' THEN 2 ELSE 1 END) AS rank
WITH toInteger(rank / 10) AS firm, rank % 10 AS near, coalesce(m.downloads, 0) AS downloads
WITH firm, count(*) AS models, sum(downloads) AS downloads, sum(CASE WHEN near = 3 THEN 1 ELSE 0 END) AS author,
     sum(CASE WHEN near = 2 THEN 1 ELSE 0 END) AS hub, sum(CASE WHEN near = 1 THEN 1 ELSE 0 END) AS register
WITH collect({firm: firm, models: models, downloads: downloads, author: author, hub: hub, register: register}) AS groups,
     sum(models) AS descendants
UNWIND groups AS g
RETURN CASE g.firm WHEN 3 THEN 'declared' WHEN 2 THEN 'stated' ELSE 'inferred' END AS strength,
       g.models AS models, round(toFloat(g.models) / descendants, 4) AS share, g.author AS author,
       g.hub AS hub, g.register AS register, g.downloads AS downloads
ORDER BY g.firm DESC
