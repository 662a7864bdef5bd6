// Package feed is what hash functions over blocks share: gathering bytes into
// blocks, padding, and numbers in big-endian order.
package feed

import "errors"

// Blocks calls step for each full block of what buf holds (n bytes) followed by
// p, keeps the rest in buf, and gives its length. A block is len(buf) bytes.
func Blocks(buf []byte, n int, p []byte, step func(block []byte)) int {
	if n > 0 {
		k := copy(buf[n:], p)
		p = p[k:]
		if n += k; n < len(buf) {
			return n
		}
		step(buf)
	}
	for len(p) >= len(buf) {
		step(p[:len(buf)])
		p = p[len(buf):]
	}
	return copy(buf, p)
}

// Pad ends the message in buf (n bytes) with a 1 bit, zeros, and its length in
// bits in the last bytes of the last block: lengthSize bytes of it, big or little endian.
func Pad(buf []byte, n int, total uint64, lengthSize int, little bool, step func(block []byte)) {
	buf[n] = 0x80
	n++
	if n > len(buf)-lengthSize {
		clear(buf[n:])
		step(buf)
		n = 0
	}
	clear(buf[n:])
	at := len(buf) - 8
	if little {
		for i := range 8 {
			buf[at+i] = byte(total << 3 >> (8 * i))
		}
	} else {
		for i := range 8 {
			buf[at+i] = byte(total << 3 >> (56 - 8*i))
		}
		if lengthSize > 8 {
			buf[at-1] = byte(total >> 61)
		}
	}
	step(buf)
}

// Put32 and Put64 append numbers, most significant byte first; Get32 and Get64 read them.
func Put32(b []byte, x uint32) []byte {
	return append(b, byte(x>>24), byte(x>>16), byte(x>>8), byte(x))
}

func Put64(b []byte, x uint64) []byte { return Put32(Put32(b, uint32(x>>32)), uint32(x)) }

func Get32(b []byte) uint32 {
	return uint32(b[3]) | uint32(b[2])<<8 | uint32(b[1])<<16 | uint32(b[0])<<24
}

func Get64(b []byte) uint64 { return uint64(Get32(b))<<32 | uint64(Get32(b[4:])) }

// Save appends the state of a hash: mark, sums, the block gathered so far (n bytes of buf), total.
func Save[W uint32 | uint64](b []byte, mark string, sums []W, buf []byte, n int, total uint64) []byte {
	b = append(b, mark...)
	for _, x := range sums {
		b = put(b, x)
	}
	b = append(b, buf[:n]...)
	b = append(b, make([]byte, len(buf)-n)...)
	return Put64(b, total)
}

// Load is the inverse of Save for a hash of package pkg: it fills sums and buf and gives total.
func Load[W uint32 | uint64](b []byte, pkg, mark string, sums []W, buf []byte) (total uint64, err error) {
	if len(b) < len(mark) || string(b[:len(mark)]) != mark {
		return 0, errors.New(pkg + ": invalid hash state identifier")
	}
	if len(b) != Size(mark, sums, buf) {
		return 0, errors.New(pkg + ": invalid hash state size")
	}
	b = b[len(mark):]
	for i := range sums {
		sums[i], b = get[W](b)
	}
	return Get64(b[copy(buf, b):]), nil
}

// Size is the length of what Save appends.
func Size[W uint32 | uint64](mark string, sums []W, buf []byte) int {
	return len(mark) + len(sums)*width[W]() + len(buf) + 8
}

// width is the size of a word in bytes.
func width[W uint32 | uint64]() int {
	if W(1)<<32 == 0 {
		return 4
	}
	return 8
}

func put[W uint32 | uint64](b []byte, x W) []byte {
	if width[W]() == 4 {
		return Put32(b, uint32(x))
	}
	return Put64(b, uint64(x))
}

func get[W uint32 | uint64](b []byte) (W, []byte) {
	if width[W]() == 4 {
		return W(Get32(b)), b[4:]
	}
	return W(Get64(b)), b[8:]
}
