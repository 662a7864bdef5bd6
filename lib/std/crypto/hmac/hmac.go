// Package hmac has message authentication codes keyed by a secret (FIPS 198-1).
package hmac

import (
	"crypto/subtle"
	"hash"
)

type code struct {
	inner, outer hash.Hash
	// The key with the paddings of the two passes.
	in, out []byte
}

// New gives a running code of the hash function h under the key.
func New(h func() hash.Hash, key []byte) hash.Hash {
	c := &code{inner: h(), outer: h()}
	n := c.inner.BlockSize()
	if len(key) > n {
		c.outer.Write(key)
		key = c.outer.Sum(nil)
	}
	c.in, c.out = make([]byte, n), make([]byte, n)
	copy(c.in, key)
	copy(c.out, key)
	for i := range n {
		c.in[i] ^= 0x36
		c.out[i] ^= 0x5c
	}
	c.inner.Write(c.in)
	return c
}

func (c *code) Write(p []byte) (int, error) { return c.inner.Write(p) }
func (c *code) Size() int                   { return c.outer.Size() }
func (c *code) BlockSize() int              { return c.inner.BlockSize() }

func (c *code) Reset() {
	c.inner.Reset()
	c.inner.Write(c.in)
}

func (c *code) Sum(b []byte) []byte {
	n := len(b)
	b = c.inner.Sum(b)
	c.outer.Reset()
	c.outer.Write(c.out)
	c.outer.Write(b[n:])
	return c.outer.Sum(b[:n])
}

// Equal compares two codes in a time that does not tell where they differ.
func Equal(mac1, mac2 []byte) bool { return subtle.ConstantTimeCompare(mac1, mac2) == 1 }
