package url

import (
	"errors"
	"path"
	"strconv"
	"strings"
)

// Error is what went wrong with a URL.
type Error struct {
	Op  string
	URL string
	Err error
}

func (e *Error) Error() string { return e.Op + " " + strconv.Quote(e.URL) + ": " + e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }

func (e *Error) Timeout() bool {
	t, ok := e.Err.(interface{ Timeout() bool })
	return ok && t.Timeout()
}

func (e *Error) Temporary() bool {
	t, ok := e.Err.(interface{ Temporary() bool })
	return ok && t.Temporary()
}

// URL is scheme://user@host/path?query#fragment, or scheme:opaque?query#fragment.
type URL struct {
	Scheme      string
	Opaque      string
	User        *Userinfo
	Host        string
	Path        string
	Fragment    string
	RawQuery    string
	RawPath     string
	RawFragment string
	ForceQuery  bool
	OmitHost    bool
}

// Userinfo is a name, perhaps with a password.
type Userinfo struct {
	name, password string
	both           bool
}

func User(username string) *Userinfo                   { return &Userinfo{name: username} }
func UserPassword(username, password string) *Userinfo { return &Userinfo{username, password, true} }

func (u *Userinfo) Username() string {
	if u == nil {
		return ""
	}
	return u.name
}

func (u *Userinfo) Password() (string, bool) {
	if u == nil {
		return "", false
	}
	return u.password, u.both
}

func (u *Userinfo) String() string {
	if u == nil {
		return ""
	}
	s := escape(u.name, inUser)
	if u.both {
		s += ":" + escape(u.password, inUser)
	}
	return s
}

// Parse takes a URL or a relative reference apart.
func Parse(rawURL string) (*URL, error) {
	text, fragment, _ := strings.Cut(rawURL, "#")
	u, err := parse(text, false)
	if err == nil && fragment != "" {
		err = u.setFragment(fragment)
	}
	if err != nil {
		if _, bad := err.(EscapeError); bad && u != nil {
			text = rawURL
		}
		return nil, &Error{"parse", text, err}
	}
	return u, nil
}

// ParseRequestURI is Parse for what requests have: a URL or a path from the root, without fragment.
func ParseRequestURI(rawURL string) (*URL, error) {
	u, err := parse(rawURL, true)
	if err != nil {
		return nil, &Error{"parse", rawURL, err}
	}
	return u, nil
}

// scheme cuts off what stands before the first colon, if it is a scheme.
func scheme(s string) (string, string, error) {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c|0x20 && c|0x20 <= 'z':
		case '0' <= c && c <= '9' || c == '+' || c == '-' || c == '.':
			if i == 0 {
				return "", s, nil
			}
		case c == ':':
			if i == 0 {
				return "", "", errors.New("missing protocol scheme")
			}
			return strings.ToLower(s[:i]), s[i+1:], nil
		default:
			return "", s, nil
		}
	}
	return "", s, nil
}

func parse(s string, request bool) (*URL, error) {
	for i := range len(s) {
		if s[i] < ' ' || s[i] == 0x7f {
			return nil, errors.New("net/url: invalid control character in URL")
		}
	}
	if s == "" && request {
		return nil, errors.New("empty url")
	}
	u := new(URL)
	if s == "*" {
		u.Path = s
		return u, nil
	}
	var err error
	if u.Scheme, s, err = scheme(s); err != nil {
		return nil, err
	}
	s, u.RawQuery, u.ForceQuery = strings.Cut(s, "?")
	u.ForceQuery = u.ForceQuery && u.RawQuery == ""
	if !strings.HasPrefix(s, "/") {
		if u.Scheme != "" {
			u.Opaque = s
			return u, nil
		}
		if request {
			return nil, errors.New("invalid URI for request")
		}
		if first, _, _ := strings.Cut(s, "/"); strings.Contains(first, ":") {
			return nil, errors.New("first path segment in URL cannot contain colon")
		}
	}
	if after, ok := strings.CutPrefix(s, "//"); ok && (u.Scheme != "" || !request && !strings.HasPrefix(after, "/")) {
		authority := after
		s = ""
		if i := strings.IndexByte(after, '/'); i >= 0 {
			authority, s = after[:i], after[i:]
		}
		if err := u.setAuthority(authority); err != nil {
			return nil, err
		}
	} else if u.Scheme != "" && strings.HasPrefix(s, "/") {
		u.OmitHost = true
	}
	return u, u.setPath(s)
}

func (u *URL) setAuthority(s string) error {
	at := strings.LastIndexByte(s, '@')
	host := s[at+1:]
	if at >= 0 {
		for i := range at {
			if c := s[i]; !stays(c, "!$%&'()*+,;=:@") {
				return errors.New("net/url: invalid userinfo")
			}
		}
		name, password, both := strings.Cut(s[:at], ":")
		var err error
		if name, err = unescape(name, inUser); err == nil {
			password, err = unescape(password, inUser)
		}
		if err != nil {
			return err
		}
		u.User = &Userinfo{name, password, both}
	}
	port := ""
	if strings.HasPrefix(host, "[") {
		end := strings.LastIndexByte(host, ']')
		if end < 0 {
			return errors.New("missing ']' in host")
		}
		port = host[end+1:]
		if zone := strings.Index(host[:end], "%25"); zone >= 0 {
			name, err := unescape(host[zone:end], inSegment)
			if err != nil {
				return err
			}
			u.Host = host[:zone] + name + host[end:]
		}
	} else if i := strings.IndexByte(host, ':'); i >= 0 {
		port = host[i:]
	}
	if port != "" && (port[0] != ':' || strings.Trim(port[1:], "0123456789") != "") {
		return errors.New("invalid port " + strconv.Quote(port) + " after host")
	}
	if u.Host != "" {
		return nil
	}
	var err error
	u.Host, err = unescape(host, inHost)
	return err
}

func (u *URL) setPath(s string) error {
	plain, err := unescape(s, inPath)
	if err != nil {
		return err
	}
	if u.Path = plain; escape(plain, inPath) != s {
		u.RawPath = s
	}
	return nil
}

func (u *URL) setFragment(s string) error {
	plain, err := unescape(s, inFragment)
	if err != nil {
		return err
	}
	if u.Fragment = plain; escape(plain, inFragment) != s {
		u.RawFragment = s
	}
	return nil
}

// valid reports whether s can be what a part was written as.
func valid(s, part string) bool {
	for i := range len(s) {
		if c := s[i]; c != '%' && !stays(c, part+"!$&'()*+,;=:@[]") {
			return false
		}
	}
	return true
}

func written(raw, plain, part string) (string, bool) {
	if raw != "" && valid(raw, part) {
		if p, err := unescape(raw, part); err == nil && p == plain {
			return raw, true
		}
	}
	return "", false
}

// EscapedPath and EscapedFragment are the parts as they stand in a URL: as they were written, if that still fits.
func (u *URL) EscapedPath() string {
	if raw, ok := written(u.RawPath, u.Path, inPath); ok {
		return raw
	}
	if u.Path == "*" {
		return "*"
	}
	return escape(u.Path, inPath)
}

func (u *URL) EscapedFragment() string {
	if raw, ok := written(u.RawFragment, u.Fragment, inFragment); ok {
		return raw
	}
	return escape(u.Fragment, inFragment)
}

// String puts the URL together.
func (u *URL) String() string {
	var b strings.Builder
	if u.Scheme != "" {
		b.WriteString(u.Scheme + ":")
	}
	if u.Opaque != "" {
		b.WriteString(u.Opaque)
	} else {
		p := u.EscapedPath()
		if u.Scheme != "" || u.Host != "" || u.User != nil {
			if !u.OmitHost || u.Host != "" || u.User != nil {
				if u.Host != "" || u.Path != "" || u.User != nil {
					b.WriteString("//")
				}
				if u.User != nil {
					b.WriteString(u.User.String() + "@")
				}
				b.WriteString(escape(u.Host, inHost))
			}
		}
		switch first, _, _ := strings.Cut(p, "/"); {
		case p != "" && p[0] != '/' && u.Host != "":
			b.WriteByte('/')
		case b.Len() == 0 && strings.Contains(first, ":"):
			b.WriteString("./")
		}
		b.WriteString(p)
	}
	if u.ForceQuery || u.RawQuery != "" {
		b.WriteString("?" + u.RawQuery)
	}
	if u.Fragment != "" {
		b.WriteString("#" + u.EscapedFragment())
	}
	return b.String()
}

// Redacted is String with xxxxx for a password.
func (u *URL) Redacted() string {
	if u == nil {
		return ""
	}
	c := *u
	if _, both := c.User.Password(); both {
		c.User = UserPassword(c.User.Username(), "xxxxx")
	}
	return c.String()
}

func (u *URL) IsAbs() bool   { return u.Scheme != "" }
func (u *URL) Query() Values { v, _ := ParseQuery(u.RawQuery); return v }

// hostPort cuts the host; brackets go.
func (u *URL) hostPort() (host, port string) {
	host = u.Host
	if i := strings.LastIndexByte(host, ':'); i >= 0 && strings.Trim(host[i+1:], "0123456789") == "" {
		host, port = host[:i], host[i+1:]
	}
	if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		host = host[1 : len(host)-1]
	}
	return host, port
}

func (u *URL) Hostname() string { host, _ := u.hostPort(); return host }
func (u *URL) Port() string     { _, port := u.hostPort(); return port }

// RequestURI is what a request for the URL names.
func (u *URL) RequestURI() string {
	s := u.Opaque
	switch {
	case s == "":
		if s = u.EscapedPath(); s == "" {
			s = "/"
		}
	case strings.HasPrefix(s, "//"):
		s = u.Scheme + ":" + s
	}
	if u.ForceQuery || u.RawQuery != "" {
		s += "?" + u.RawQuery
	}
	return s
}

// Parse resolves a reference.
func (u *URL) Parse(ref string) (*URL, error) {
	r, err := Parse(ref)
	if err != nil {
		return nil, err
	}
	return u.ResolveReference(r), nil
}

// ResolveReference is ref as seen from u.
func (u *URL) ResolveReference(ref *URL) *URL {
	c := *ref
	if c.Scheme == "" {
		c.Scheme = u.Scheme
	}
	if ref.Scheme != "" || ref.Host != "" || ref.User != nil {
		c.setPath(resolve(ref.EscapedPath(), ""))
		return &c
	}
	if ref.Opaque != "" {
		c.User, c.Host, c.Path = nil, "", ""
		return &c
	}
	if ref.Path == "" && !ref.ForceQuery && ref.RawQuery == "" {
		c.RawQuery = u.RawQuery
		if ref.Fragment == "" {
			c.Fragment, c.RawFragment = u.Fragment, u.RawFragment
		}
	}
	if ref.Path == "" && u.Opaque != "" {
		c.Opaque, c.User, c.Host, c.Path = u.Opaque, nil, "", ""
		return &c
	}
	c.Host, c.User = u.Host, u.User
	c.RawPath = ""
	c.setPath(resolve(u.EscapedPath(), ref.EscapedPath()))
	return &c
}

// resolve is the path ref as seen from base, without . and ..
func resolve(base, ref string) string {
	full := base
	if ref != "" {
		full = ref
		if ref[0] != '/' {
			full = base[:strings.LastIndexByte(base, '/')+1] + ref
		}
	}
	if full == "" {
		return ""
	}
	var out []string
	parts := strings.Split(strings.TrimPrefix(full, "/"), "/")
	for i, p := range parts {
		last := i == len(parts)-1
		switch p {
		case ".", "..":
			if p == ".." && len(out) > 0 {
				out = out[:len(out)-1]
			}
			if last {
				out = append(out, "")
			}
		default:
			out = append(out, p)
		}
	}
	return "/" + strings.TrimPrefix(strings.Join(out, "/"), "/")
}

// JoinPath is u with elements added to its path, which is cleaned.
func (u *URL) JoinPath(elem ...string) *URL {
	c := *u
	p := u.EscapedPath()
	full := path.Join(append([]string{"/" + p}, elem...)...)
	if !strings.HasPrefix(p, "/") && (u.Host == "" && u.Scheme == "") {
		full = full[1:]
	}
	if n := len(elem); n > 0 && strings.HasSuffix(elem[n-1], "/") && !strings.HasSuffix(full, "/") {
		full += "/"
	}
	c.RawPath = ""
	c.setPath(full)
	return &c
}

// JoinPath is the URL base with elements added to its path.
func JoinPath(base string, elem ...string) (result string, err error) {
	var u *URL
	if u, err = Parse(base); err == nil {
		result = u.JoinPath(elem...).String()
	}
	return
}

func (u *URL) AppendBinary(b []byte) ([]byte, error)   { return append(b, u.String()...), nil }
func (u *URL) MarshalBinary() (text []byte, err error) { return []byte(u.String()), nil }
func (u *URL) UnmarshalBinary(text []byte) error {
	c, err := Parse(string(text))
	if err == nil {
		*u = *c
	}
	return err
}
