// Search that forgives accents, capitals and small typing errors; in versions too, for what was known before.
CREATE FULLTEXT INDEX names IF NOT EXISTS FOR (t:Organisation|Person|Collaboration|Version)
ON EACH [t.name, t.short_name, t.aliases, t.title, t.acronym, t.display, t.words, t.kbo, t.pic, t.ror, t.vat, t.email]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};
