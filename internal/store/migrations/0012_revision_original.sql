-- Which reading a revision was made from: readers get the outlet's text that they read in translation, whatever the outlet wrote since.

ALTER TABLE revision ADD COLUMN original TEXT NOT NULL DEFAULT ''; -- empty where it is not known: the article's

UPDATE revision
   SET original = COALESCE(
         (SELECT article.original FROM article
           WHERE article.id = revision.article
             AND (article.revision = revision.n OR (SELECT COUNT(*) FROM original WHERE original.item = article.item) = 1)),
         (SELECT MIN(statement_place.original) FROM statement_place
           WHERE statement_place.article = revision.article AND statement_place.revision = revision.n AND statement_place.original <> ''),
         '');
