-- A place keeps what it was made from: readers see the words of the reading that was published, whatever the outlet wrote since.

ALTER TABLE statement_place ADD COLUMN original TEXT NOT NULL DEFAULT ''; -- the reading; empty where it is not known
ALTER TABLE statement_place ADD COLUMN name TEXT NOT NULL DEFAULT ''; -- of the speaker, as that reading has it or an editor gave it
ALTER TABLE statement_place ADD COLUMN role TEXT NOT NULL DEFAULT '';
ALTER TABLE statement_place ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE statement_place ADD COLUMN speaker TEXT NOT NULL DEFAULT ''; -- empty: nobody is known
ALTER TABLE statement_place ADD COLUMN reading TEXT NOT NULL DEFAULT ''; -- JSON: the statement in that reading; empty: as statement has it while original is the same

UPDATE statement_place
   SET original = COALESCE((SELECT article.original FROM article
                             WHERE article.id = statement_place.article
                               AND (article.revision = statement_place.revision OR (SELECT COUNT(*) FROM original WHERE original.item = article.item) = 1)), '');

UPDATE statement_place
   SET name = (SELECT statement.name FROM statement WHERE statement.id = statement_place.statement),
       role = (SELECT statement.role FROM statement WHERE statement.id = statement_place.statement),
       state = (SELECT statement.state FROM statement WHERE statement.id = statement_place.statement),
       speaker = (SELECT COALESCE(statement.speaker, '') FROM statement WHERE statement.id = statement_place.statement)
 WHERE original = (SELECT statement.original FROM statement WHERE statement.id = statement_place.statement);

CREATE INDEX statement_place_speaker ON statement_place (speaker);
