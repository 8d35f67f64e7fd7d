-- Where the links to articles are, on a page that is followed because its outlet has no feed. A row for each feed of kind "list".
CREATE TABLE list_rule (
	feed  TEXT PRIMARY KEY REFERENCES feed (id),
	links TEXT NOT NULL -- CSS selector
);
