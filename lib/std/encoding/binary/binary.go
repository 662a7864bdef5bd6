package binary

import (
	"errors"
	"io"
	"math"
	"reflect"
)

var errShort = errors.New("buffer too small")

// Size is the number of bytes that v, or what it points at, takes; -1 if that is not fixed.
func Size(v any) int { return sizeOf(reflect.Indirect(reflect.ValueOf(v))) }

// sizeOf is the size of a value: fixed, or a slice of fixed ones.
func sizeOf(v reflect.Value) int {
	if !v.IsValid() {
		return -1
	}
	if v.Kind() == reflect.Slice {
		if n := fixed(v.Type().Elem()); n >= 0 {
			return n * v.Len()
		}
		return -1
	}
	return fixed(v.Type())
}

// fixed is the size of a type's values, -1 if they vary.
func fixed(t reflect.Type) int {
	switch k := t.Kind(); k {
	case reflect.Bool, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64,
		reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128:
		return int(t.Size())
	case reflect.Array:
		if n := fixed(t.Elem()); n >= 0 {
			return n * t.Len()
		}
	case reflect.Struct:
		sum := 0
		for i := range t.NumField() {
			n := fixed(t.Field(i).Type)
			if n < 0 {
				return -1
			}
			sum += n
		}
		return sum
	}
	return -1
}

func unfixed(fn string, data any) error {
	return errors.New("binary." + fn + ": some values are not fixed-sized in type " + reflect.TypeOf(data).String())
}

// Write writes the bytes of data, of a fixed size or a slice of such, to w.
func Write(w io.Writer, order ByteOrder, data any) error {
	b, err := encode(nil, order, data, "Write")
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

// Append appends the bytes of data.
func Append(buf []byte, order ByteOrder, data any) ([]byte, error) {
	return encode(buf, order, data, "Append")
}

// Encode stores the bytes of data in buf.
func Encode(buf []byte, order ByteOrder, data any) (int, error) {
	v := reflect.Indirect(reflect.ValueOf(data))
	n := sizeOf(v)
	if n < 0 {
		return 0, unfixed("Encode", data)
	}
	if len(buf) < n {
		return 0, errShort
	}
	c := coder{order, buf[:n]}
	c.put(v)
	return n, nil
}

func encode(buf []byte, order ByteOrder, data any, fn string) ([]byte, error) {
	v := reflect.Indirect(reflect.ValueOf(data))
	n := sizeOf(v)
	if n < 0 {
		return nil, unfixed(fn, data)
	}
	at := len(buf)
	buf = append(buf, make([]byte, n)...)
	c := coder{order, buf[at:]}
	c.put(v)
	return buf, nil
}

// Read fills data, a pointer to something of a fixed size or a slice of such, from r.
func Read(r io.Reader, order ByteOrder, data any) error {
	v, n := target(data)
	if n < 0 {
		// A number by itself cannot be filled; the reader is asked first all the same.
		if n = Size(data); n > 0 && v.Kind() != reflect.Pointer && v.Kind() != reflect.Struct {
			if _, err := io.ReadFull(r, make([]byte, n)); err != nil {
				return err
			}
		}
		return errors.New("binary.Read: invalid type " + reflect.TypeOf(data).String())
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(r, b); err != nil {
		return err
	}
	c := coder{order, b}
	c.get(v)
	return nil
}

// Decode fills data from buf, and gives the bytes it took.
func Decode(buf []byte, order ByteOrder, data any) (int, error) {
	v, n := target(data)
	if n < 0 {
		return 0, errors.New("binary.Decode: invalid type " + reflect.TypeOf(data).String())
	}
	if len(buf) < n {
		return 0, errShort
	}
	c := coder{order, buf[:n]}
	c.get(v)
	return n, nil
}

// target is what data lets one fill, and its size.
func target(data any) (reflect.Value, int) {
	v := reflect.ValueOf(data)
	switch v.Kind() {
	case reflect.Pointer:
		v = v.Elem()
		return v, sizeOf(v)
	case reflect.Slice:
		return v, sizeOf(v)
	}
	return v, -1
}

// coder goes through bytes, which are as many as the values need.
type coder struct {
	order ByteOrder
	rest  []byte
}

func (c *coder) next(n int) []byte {
	b := c.rest[:n]
	c.rest = c.rest[n:]
	return b
}

func (c *coder) store(size int, x uint64) {
	switch b := c.next(size); size {
	case 1:
		b[0] = byte(x)
	case 2:
		c.order.PutUint16(b, uint16(x))
	case 4:
		c.order.PutUint32(b, uint32(x))
	default:
		c.order.PutUint64(b, x)
	}
}

func (c *coder) load(size int) uint64 {
	switch b := c.next(size); size {
	case 1:
		return uint64(b[0])
	case 2:
		return uint64(c.order.Uint16(b))
	case 4:
		return uint64(c.order.Uint32(b))
	default:
		return c.order.Uint64(b)
	}
}

func (c *coder) put(v reflect.Value) {
	size := int(v.Type().Size())
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			c.store(1, 1)
		} else {
			c.store(1, 0)
		}
	case reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		c.store(size, uint64(v.Int()))
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		c.store(size, v.Uint())
	case reflect.Float32:
		c.store(4, uint64(math.Float32bits(float32(v.Float()))))
	case reflect.Float64:
		c.store(8, math.Float64bits(v.Float()))
	case reflect.Complex64:
		c.store(4, uint64(math.Float32bits(float32(real(v.Complex())))))
		c.store(4, uint64(math.Float32bits(float32(imag(v.Complex())))))
	case reflect.Complex128:
		c.store(8, math.Float64bits(real(v.Complex())))
		c.store(8, math.Float64bits(imag(v.Complex())))
	case reflect.Array, reflect.Slice:
		for i := range v.Len() {
			c.put(v.Index(i))
		}
	case reflect.Struct:
		t := v.Type()
		for i := range v.NumField() {
			if t.Field(i).Name == "_" {
				clear(c.next(fixed(t.Field(i).Type)))
			} else {
				c.put(v.Field(i))
			}
		}
	}
}

func (c *coder) get(v reflect.Value) {
	size := int(v.Type().Size())
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(c.load(1) != 0)
	case reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		shift := 64 - 8*size
		v.SetInt(int64(c.load(size)<<shift) >> shift)
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(c.load(size))
	case reflect.Float32:
		v.SetFloat(float64(math.Float32frombits(uint32(c.load(4)))))
	case reflect.Float64:
		v.SetFloat(math.Float64frombits(c.load(8)))
	case reflect.Complex64:
		re := math.Float32frombits(uint32(c.load(4)))
		v.SetComplex(complex(float64(re), float64(math.Float32frombits(uint32(c.load(4))))))
	case reflect.Complex128:
		re := math.Float64frombits(c.load(8))
		v.SetComplex(complex(re, math.Float64frombits(c.load(8))))
	case reflect.Array, reflect.Slice:
		for i := range v.Len() {
			c.get(v.Index(i))
		}
	case reflect.Struct:
		t := v.Type()
		for i := range v.NumField() {
			// What has no name is skipped; what is unexported panics in Set.
			if t.Field(i).Name == "_" {
				c.next(fixed(t.Field(i).Type))
			} else {
				c.get(v.Field(i))
			}
		}
	}
}
