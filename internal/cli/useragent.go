package cli

// homepage is where an outlet's operator learns what asked his server.
const homepage = "https://github.com/dragoman-newsroom/dragoman"

// userAgent is what every request names itself by; contact is the operator's own addition.
func userAgent(contact string) string {
	s := "dragoman/" + version() + " (+" + homepage
	if contact != "" {
		s += "; " + contact
	}
	return s + ")"
}
