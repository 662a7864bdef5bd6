// Package binary turns numbers into bytes of a fixed order or a variable length, and back.
package binary

// ByteOrder reads and writes numbers in bytes.
type ByteOrder interface {
	Uint16([]byte) uint16
	Uint32([]byte) uint32
	Uint64([]byte) uint64
	PutUint16([]byte, uint16)
	PutUint32([]byte, uint32)
	PutUint64([]byte, uint64)
	String() string
}

// AppendByteOrder appends numbers.
type AppendByteOrder interface {
	AppendUint16([]byte, uint16) []byte
	AppendUint32([]byte, uint32) []byte
	AppendUint64([]byte, uint64) []byte
	String() string
}

type (
	littleEndian struct{}
	bigEndian    struct{}
	nativeEndian struct{ littleEndian }
)

// The orders: least significant byte first, most significant first, the machine's.
var (
	LittleEndian littleEndian
	BigEndian    bigEndian
	NativeEndian nativeEndian
)

func (littleEndian) Uint16(b []byte) uint16 {
	b = b[:2:len(b)]
	return uint16(b[1])<<8 + uint16(b[0])
}

func (littleEndian) Uint32(b []byte) uint32 {
	_ = b[3]
	return (uint32(b[3])<<8+uint32(b[2]))<<16 + uint32(b[1])<<8 + uint32(b[0])
}

func (e littleEndian) Uint64(b []byte) uint64 {
	_ = b[7]
	return uint64(e.Uint32(b[4:]))<<32 + uint64(e.Uint32(b))
}

func (littleEndian) PutUint16(b []byte, v uint16) { _ = b[1]; b[1], b[0] = byte(v>>8), byte(v) }
func (littleEndian) PutUint32(b []byte, v uint32) {
	_ = b[3]
	for i := range 4 {
		b[i] = byte(v >> (8 * i))
	}
}

func (littleEndian) PutUint64(b []byte, v uint64) {
	_ = b[7]
	for i := range 8 {
		b[i] = byte(v >> (8 * i))
	}
}

func (littleEndian) AppendUint16(b []byte, v uint16) []byte { return append(b, byte(v), byte(v>>8)) }
func (littleEndian) AppendUint32(b []byte, v uint32) []byte {
	return append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
}

func (e littleEndian) AppendUint64(b []byte, v uint64) []byte {
	var a [8]byte
	e.PutUint64(a[:], v)
	return append(b, a[:]...)
}

func (littleEndian) String() string   { return "LittleEndian" }
func (littleEndian) GoString() string { return "binary.LittleEndian" }
func (nativeEndian) String() string   { return "NativeEndian" }
func (nativeEndian) GoString() string { return "binary.NativeEndian" }
func (bigEndian) String() string      { return "BigEndian" }
func (bigEndian) GoString() string    { return "binary.BigEndian" }

func (bigEndian) Uint16(b []byte) uint16 {
	b = b[:2:len(b)]
	return uint16(b[0])<<8 + uint16(b[1])
}

func (bigEndian) Uint32(b []byte) uint32 {
	_ = b[3]
	return (uint32(b[0])<<8+uint32(b[1]))<<16 + uint32(b[2])<<8 + uint32(b[3])
}

func (e bigEndian) Uint64(b []byte) uint64 {
	_ = b[7]
	return uint64(e.Uint32(b))<<32 + uint64(e.Uint32(b[4:]))
}

func (bigEndian) PutUint16(b []byte, v uint16) { _ = b[1]; b[0], b[1] = byte(v>>8), byte(v) }
func (bigEndian) PutUint32(b []byte, v uint32) {
	_ = b[3]
	for i := range 4 {
		b[3-i] = byte(v >> (8 * i))
	}
}

func (bigEndian) PutUint64(b []byte, v uint64) {
	_ = b[7]
	for i := range 8 {
		b[7-i] = byte(v >> (8 * i))
	}
}

func (bigEndian) AppendUint16(b []byte, v uint16) []byte { return append(b, byte(v>>8), byte(v)) }
func (bigEndian) AppendUint32(b []byte, v uint32) []byte {
	return append(b, byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
}

func (e bigEndian) AppendUint64(b []byte, v uint64) []byte {
	var a [8]byte
	e.PutUint64(a[:], v)
	return append(b, a[:]...)
}
