// Package encoding has the interfaces of values that turn themselves into bytes or text.
package encoding

type (
	BinaryMarshaler interface {
		MarshalBinary() (data []byte, err error)
	}
	BinaryUnmarshaler interface{ UnmarshalBinary(data []byte) error }
	BinaryAppender    interface {
		AppendBinary(b []byte) ([]byte, error)
	}
	TextMarshaler interface {
		MarshalText() (text []byte, err error)
	}
	TextUnmarshaler interface{ UnmarshalText(text []byte) error }
	TextAppender    interface {
		AppendText(b []byte) ([]byte, error)
	}
)
