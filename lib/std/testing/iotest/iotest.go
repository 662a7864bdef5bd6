// Package iotest has readers and writers that behave badly, for tests.
package iotest

import (
	"errors"
	"io"
)

// ErrTimeout is what TimeoutReader fails with.
var ErrTimeout = errors.New("timeout")

type readFunc func(p []byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

type writeFunc func(p []byte) (int, error)

func (f writeFunc) Write(p []byte) (int, error) { return f(p) }

// OneByteReader reads single bytes.
func OneByteReader(r io.Reader) io.Reader {
	return readFunc(func(p []byte) (int, error) { return r.Read(p[:min(len(p), 1)]) })
}

// HalfReader reads half of what is asked for.
func HalfReader(r io.Reader) io.Reader {
	return readFunc(func(p []byte) (int, error) { return r.Read(p[:(len(p)+1)/2]) })
}

// DataErrReader gives the final error with the last data.
func DataErrReader(r io.Reader) io.Reader {
	var ahead []byte
	buf := make([]byte, 1024)
	return readFunc(func(p []byte) (n int, err error) {
		for n == 0 || len(ahead) == 0 && err == nil {
			if len(ahead) == 0 {
				var m int
				m, err = r.Read(buf)
				ahead = buf[:m]
			}
			if n > 0 || err != nil && len(ahead) == 0 {
				break
			}
			n = copy(p, ahead)
			ahead = ahead[n:]
			if len(p) == 0 {
				break
			}
		}
		return n, err
	})
}

// ErrReader always fails with err.
func ErrReader(err error) io.Reader {
	return readFunc(func([]byte) (int, error) { return 0, err })
}

// TimeoutReader fails on the second read that wants data.
func TimeoutReader(r io.Reader) io.Reader {
	count := 0
	return readFunc(func(p []byte) (int, error) {
		if count++; count == 2 {
			return 0, ErrTimeout
		}
		return r.Read(p)
	})
}

// TruncateWriter writes n bytes to w and drops the rest silently.
func TruncateWriter(w io.Writer, n int64) io.Writer {
	return writeFunc(func(p []byte) (int, error) {
		if n <= 0 {
			return len(p), nil
		}
		some := p[:min(int64(len(p)), n)]
		m, err := w.Write(some)
		n -= int64(m)
		if err == nil && m == len(some) {
			m = len(p)
		}
		return m, err
	})
}
