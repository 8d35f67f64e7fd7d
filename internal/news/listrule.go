package news

// A ListRule says which links of a page are its articles, for an outlet without a feed.
type ListRule struct {
	Links   string // CSS selector of the links, or of elements that hold them
	Pattern string // of their addresses: a path or a whole address, with * for any characters; empty: all
}
