// Package rand gives random bytes.
//
// SIMPLIFIED: nothing in the lab is secret or random; the bytes follow from the run's seed.
package rand

import "io"

func runSeed() int64

type source struct {
	state   uint64
	started bool
}

// Reader is the source of all bytes given out.
var Reader io.Reader = new(source)

func (s *source) Read(b []byte) (int, error) {
	if !s.started {
		s.state, s.started = uint64(runSeed())*0x9e3779b97f4a7c15, true
	}
	var x uint64
	for i := range b {
		if i%8 == 0 {
			s.state += 0x9e3779b97f4a7c15
			x = s.state
			x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
			x = (x ^ x>>27) * 0x94d049bb133111eb
			x ^= x >> 31
		}
		b[i] = byte(x >> (8 * (i % 8)))
	}
	return len(b), nil
}

// Read fills b; it never fails.
func Read(b []byte) (n int, err error) {
	if _, err = io.ReadFull(Reader, b); err != nil {
		panic("crypto/rand: failed to read random data (see https://go.dev/issue/66821): " + err.Error())
	}
	return len(b), nil
}

// Text is 26 random characters of the base32 alphabet.
func Text() string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	b := make([]byte, 26)
	Read(b)
	for i := range b {
		b[i] = alphabet[b[i]%32]
	}
	return string(b)
}
