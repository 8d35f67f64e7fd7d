package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// Special-purpose blocks of the IANA registries for IPv4 and IPv6 that are not globally reachable, and those that embed an IPv4
// address which a router or the far end unwraps (NAT64 64:ff9b::/96, 6to4 2002::/16, Teredo 2001::/32): a private address could
// hide in them. Multicast and reserved blocks are here too.
var notPublic = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
	"192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32", "2002::/16",
	"2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
)

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// Public reports whether an address may be asked: whether it is a global unicast address of the public network.
// An IPv4 address written as IPv6 (::ffff:127.0.0.1) is judged as the IPv4 address.
func Public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsValid() || !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	for _, p := range notPublic {
		if p.Contains(a) {
			return false
		}
	}
	// Of IPv6 only 2000::/3 has been given out as global unicast.
	return a.Is4() || a.As16()[0]&0xe0 == 0x20
}

// address reads what is to be got: http or https, a host, no fragment.
func address(s string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil {
		return nil, &Error{Outcome: Address, URL: s, Err: err, Help: "write an address that begins with https://"}
	}
	return clean(u, s)
}

// clean checks an address and gives it the form in which it is asked: lower-case host, no default port, no fragment.
func clean(u *url.URL, said string) (*url.URL, error) {
	wrong := func(why string) (*url.URL, error) {
		return nil, &Error{Outcome: Address, URL: said, Err: errors.New(why), Help: "write an address that begins with https://"}
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" {
		return wrong("only http and https are asked")
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if host == "" {
		return wrong("no host")
	}
	if _, err := netip.ParseAddr(host); err != nil {
		if endsInNumber(host) { // 127.1, 0x7f.1, 2130706433: some resolvers read these as addresses, no name ends so
			return nil, &Error{Outcome: Blocked, URL: said, Err: errors.New("the host is a number that is no address"), Help: privateHelp}
		}
		ascii, err := idna.Lookup.ToASCII(host)
		if err != nil {
			// Underscores and the like are no host names by IDNA and are asked every day.
			for i := range len(host) {
				if host[i] >= 0x80 || host[i] <= ' ' {
					return wrong(fmt.Sprintf("host %q", host))
				}
			}
			ascii = host
		}
		host = ascii
	}
	port := u.Port()
	if u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		port = ""
	}
	u.Host = host
	if strings.Contains(host, ":") {
		u.Host = "[" + host + "]"
	}
	if port != "" {
		u.Host = net.JoinHostPort(host, port)
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	return u, nil
}

// endsInNumber is the WHATWG URL standard's test of the same name: the last label is digits, or 0x and hexadecimal digits.
func endsInNumber(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	digits, set := last, "0123456789"
	if strings.HasPrefix(last, "0x") {
		digits, set = last[2:], "0123456789abcdef"
	} else if last == "" {
		return false
	}
	return strings.Trim(digits, set) == ""
}

const privateHelp = "it is not on the public network; where it is meant, allow it by fetch.allow in dragoman.toml or --allow HOST:PORT"

// dial connects to host, one of whose addresses must be public or whose name and port the operator allowed.
// It asks the resolver itself and dials the address it has judged: what a name resolves to a moment later does not matter.
func (c *Client) dial(ctx context.Context, _, hostPort string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(hostPort)
	if err != nil {
		return nil, err
	}
	allowed := c.state.allow[strings.ToLower(hostPort)]
	var addresses []netip.Addr
	if literal, err := netip.ParseAddr(host); err == nil {
		addresses = []netip.Addr{literal}
	} else if addresses, err = c.resolve(ctx, host); err != nil {
		return nil, err
	}
	number, err := net.DefaultResolver.LookupPort(ctx, "tcp", port)
	if err != nil {
		return nil, err
	}
	var errs []error
	for _, a := range addresses {
		if !allowed && !Public(a) {
			errs = append(errs, blocked{a})
			continue
		}
		conn, err := c.connect(ctx, netip.AddrPortFrom(a.Unmap(), uint16(number)))
		if err == nil {
			return conn, nil
		}
		errs = append(errs, err)
	}
	if len(errs) == 0 {
		return nil, &net.DNSError{Err: "no addresses", Name: host, IsNotFound: true}
	}
	return nil, errors.Join(errs...)
}

func (c *Client) resolve(ctx context.Context, host string) ([]netip.Addr, error) {
	if c.Resolve != nil {
		return c.Resolve(ctx, host)
	}
	return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
}

func (c *Client) connect(ctx context.Context, a netip.AddrPort) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, connectLimit)
	defer cancel()
	if c.Dial != nil {
		return c.Dial(ctx, a)
	}
	return (&net.Dialer{}).DialContext(ctx, "tcp", a.String())
}

// Conn is a connection.
type Conn = net.Conn

// blocked says that an address was refused before anything was sent to it.
type blocked struct{ netip.Addr }

func (b blocked) Error() string { return b.String() + " is not public" }

// Online reports whether a network is up: whether an interface other than loopback has an address. Where that cannot be found out, it is
// taken to be.
func Online() bool {
	list, err := net.Interfaces()
	if err != nil {
		return true
	}
	for _, i := range list {
		if i.Flags&net.FlagUp == 0 || i.Flags&net.FlagLoopback != 0 {
			continue
		}
		if addresses, err := i.Addrs(); err != nil || len(addresses) > 0 {
			return true
		}
	}
	return false
}
