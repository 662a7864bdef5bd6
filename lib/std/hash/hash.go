// Package hash has the interfaces of hash functions.
package hash

import "io"

// Hash takes bytes in by Write and gives a sum of all it took.
type Hash interface {
	io.Writer
	// Sum appends the sum to b and leaves the state as it is.
	Sum(b []byte) []byte
	Reset()
	Size() int
	BlockSize() int
}

// Hash32 is a Hash whose sum is a number of 32 bits.
type Hash32 interface {
	Hash
	Sum32() uint32
}

// Hash64 is a Hash whose sum is a number of 64 bits.
type Hash64 interface {
	Hash
	Sum64() uint64
}

// Cloner is a Hash that can be copied with its state.
type Cloner interface {
	Hash
	Clone() (Cloner, error)
}

// XOF is a hash function whose output has no fixed length.
type XOF interface {
	io.Writer
	io.Reader
	Reset()
	BlockSize() int
}
