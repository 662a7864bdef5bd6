package math

import "math/bits"

// fourOverPi holds the binary digits of 4/pi: one before the point, then 64 to a word.
var fourOverPi = [...]uint64{
	0x0000000000000001, 0x45f306dc9c882a53, 0xf84eafa3ea69bb81, 0xb6c52b3278872083, 0xfca2c757bd778ac3,
	0x6e48dc74849ba5c0, 0x0c925dd413a32439, 0xfc3bd63962534e7d, 0xd1046bea5d768909, 0xd338e04d68befc82,
	0x7323ac7306a673e9, 0x3908bf177bf25076, 0x3ff12fffbc0b301f, 0xde5e2316b414da3e, 0xda6cfd9e4f96136e,
	0x9e8c7ecd3cbfd45a, 0xea4f758fd7cbe2f6, 0x7a0e73ef14a525d4, 0xd7f6bf623f1aba10, 0xac06608df8f6d757,
}

// digitsFrom gives 64 digits of 4/pi from bit on.
func digitsFrom(bit uint) uint64 {
	i, s := bit/64, bit%64
	return fourOverPi[i]<<s | fourOverPi[i+1]>>(64-s)
}

// reduceLarge is reduce for x >= 2**29, after Payne and Hanek: only those 192 digits
// of 4/pi matter whose products with x's 53 bits lie around the binary point; what
// stands above counts whole turns.
func reduceLarge(x float64) (octant uint64, rest float64) {
	b := bits64(x)
	from := uint(int(b>>52&0x7FF) - 1023 - 52 + 61)
	m := b&(1<<52-1) | 1<<52
	carryIn, _ := bits.Mul64(digitsFrom(from+128), m)
	high, low := bits.Mul64(digitsFrom(from+64), m)
	low, carry := bits.Add64(low, carryIn, 0)
	high += digitsFrom(from)*m + carry
	octant = high >> 61
	high = high<<3 | low>>61
	lead := uint(bits.LeadingZeros64(high)) + 1
	high = high<<lead | low>>(64-lead)
	rest = from64(high>>12 | uint64(1023-lead)<<52)
	if octant&1 != 0 {
		octant = (octant + 1) & 7
		rest--
	}
	return octant, rest * (Pi / 4)
}
