-- What a feed last gave of an article as its text, without markup and of a bounded length: the page is held against it whenever it is read.
-- It is never shown to anybody. No row: the feed gave none, or has not been looked at since this table is there; the next look that has the item
-- keeps what it says then.
CREATE TABLE item_text (
	item TEXT PRIMARY KEY REFERENCES item (id),
	text TEXT NOT NULL
);
