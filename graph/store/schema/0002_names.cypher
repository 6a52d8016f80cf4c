// Search that forgives accents, capitals and small typing errors.
CREATE FULLTEXT INDEX names IF NOT EXISTS FOR (t:Organisation|Person|Collaboration)
ON EACH [t.name, t.short_name, t.aliases, t.title, t.acronym, t.display, t.kbo, t.pic, t.ror, t.vat, t.email]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};
