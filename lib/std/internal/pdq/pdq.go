// Package pdq is the pattern-defeating quicksort behind packages sort and slices.
//
// Equal elements have no promised order, yet programs print what they get: so the
// choices of pivot, the shuffles and the thresholds are those of Go's sorts, and a
// sort leaves equal elements where Go's leaves them.
//
// Quicksort with three escapes. Ranges up to 12 are sorted by insertion. A range
// that looks sorted gets five cheap repairs before it is partitioned, one that
// looks descending is turned around first. After an unbalanced partition a few
// elements are shuffled, by a generator seeded with the length alone; after
// log2(n) of those, heap sort takes over. A pivot equal to the element before the
// range starts a partition of the equals, so that few distinct values take linear
// time.
package pdq

import "math/bits"

// Data is what is sorted, by index.
type Data interface {
	Less(i, j int) bool
	Swap(i, j int)
}

const (
	tiny     = 12 // sorted by insertion
	sampled  = 50 // from here on the pivot is a median of medians, and repairs are tried
	repairs  = 5
	allSwaps = 12 // as many exchanges as a descending sample needs
)

// Sort sorts the n elements of d.
func Sort[D Data](d D, n int) { quick(d, 0, n, bits.Len(uint(n))) }

func quick[D Data](d D, lo, hi, budget int) {
	balanced, partitioned := true, true
	for hi-lo > tiny {
		if budget == 0 {
			heap(d, lo, hi)
			return
		}
		if !balanced {
			shuffle(d, lo, hi)
			budget--
		}
		pivot, swaps := choose(d, lo, hi)
		ascending := swaps == 0
		if swaps == allSwaps {
			for i, j := lo, hi-1; i < j; i, j = i+1, j-1 {
				d.Swap(i, j)
			}
			pivot = lo + hi - 1 - pivot
			ascending = true
		}
		if balanced && partitioned && ascending && repair(d, lo, hi) {
			return
		}
		if lo > 0 && !d.Less(lo-1, pivot) {
			lo = equals(d, lo, hi, pivot)
			continue
		}
		n := hi - lo
		var mid int
		mid, partitioned = partition(d, lo, hi, pivot)
		left, right := mid-lo, hi-mid
		if left < right {
			balanced = left >= n/8
			quick(d, lo, mid, budget)
			lo = mid + 1
		} else {
			balanced = right >= n/8
			quick(d, mid+1, hi, budget)
			hi = mid
		}
	}
	Insertion(d, lo, hi)
}

// Insertion sorts [lo, hi) and keeps the order of equal elements.
func Insertion[D Data](d D, lo, hi int) {
	for next := lo + 1; next < hi; next++ {
		sink(d, lo, next)
	}
}

// sink moves element i down to its place among the sorted [lo, i).
func sink[D Data](d D, lo, i int) {
	for ; i > lo && d.Less(i, i-1); i-- {
		d.Swap(i, i-1)
	}
}

// partition puts what is less than the pivot before it; whether nothing had to move.
func partition[D Data](d D, lo, hi, pivot int) (mid int, untouched bool) {
	d.Swap(lo, pivot)
	i, j := lo+1, hi-1
	untouched = true
	for {
		for i <= j && d.Less(i, lo) {
			i++
		}
		for i <= j && !d.Less(j, lo) {
			j--
		}
		if i > j {
			d.Swap(j, lo)
			return j, untouched
		}
		d.Swap(i, j)
		i++
		j--
		untouched = false
	}
}

// equals gathers the elements equal to the pivot, none being less, at the start; where the others begin.
func equals[D Data](d D, lo, hi, pivot int) int {
	d.Swap(lo, pivot)
	i, j := lo+1, hi-1
	for {
		for i <= j && !d.Less(lo, i) {
			i++
		}
		for i <= j && d.Less(lo, j) {
			j--
		}
		if i > j {
			return i
		}
		d.Swap(i, j)
		i++
		j--
	}
}

// repair puts a few elements that are out of order right; whether the range is sorted then.
func repair[D Data](d D, lo, hi int) bool {
	i := lo + 1
	for try := 0; try < repairs; try++ {
		for i < hi && !d.Less(i, i-1) {
			i++
		}
		if i == hi {
			return true
		}
		if hi-lo < sampled {
			return false
		}
		d.Swap(i, i-1)
		if i-lo >= 2 {
			sink(d, 0, i-1)
		}
		for j := i + 1; hi-i >= 2 && j < hi && d.Less(j, j-1); j++ {
			d.Swap(j, j-1)
		}
	}
	return false
}

// shuffle moves three elements around the middle to places that depend on the length alone.
func shuffle[D Data](d D, lo, hi int) {
	n := hi - lo
	if n < 8 {
		return
	}
	seed := uint64(n)
	mask := uint(1)<<bits.Len(uint(n)) - 1
	at := lo + n/4*2 - 1
	for i := range 3 {
		seed ^= seed << 13
		seed ^= seed >> 7
		seed ^= seed << 17
		other := int(uint(seed) & mask)
		if other >= n {
			other -= n
		}
		d.Swap(at+i, lo+other)
	}
}

// choose gives a pivot and how many of the sampled pairs were out of order.
func choose[D Data](d D, lo, hi int) (pivot, swaps int) {
	quarter := (hi - lo) / 4
	a, b, c := lo+quarter, lo+2*quarter, lo+3*quarter
	if hi-lo >= 8 {
		if hi-lo >= sampled {
			a = median(d, a-1, a, a+1, &swaps)
			b = median(d, b-1, b, b+1, &swaps)
			c = median(d, c-1, c, c+1, &swaps)
		}
		b = median(d, a, b, c, &swaps)
	}
	return b, swaps
}

func median[D Data](d D, a, b, c int, swaps *int) int {
	if d.Less(b, a) {
		*swaps++
		a, b = b, a
	}
	if d.Less(c, b) {
		*swaps++
		b, c = c, b
	}
	if d.Less(b, a) {
		*swaps++
		b = a
	}
	return b
}

func heap[D Data](d D, lo, hi int) {
	n := hi - lo
	for root := (n - 1) / 2; root >= 0; root-- {
		down(d, lo, root, n)
	}
	for n--; n >= 0; n-- {
		d.Swap(lo, lo+n)
		down(d, lo, 0, n)
	}
}

// down lets element root of the heap of n that starts at lo sink to its place.
func down[D Data](d D, lo, root, n int) {
	for child := 2*root + 1; child < n; child = 2*root + 1 {
		if child+1 < n && d.Less(lo+child, lo+child+1) {
			child++
		}
		if !d.Less(lo+root, lo+child) {
			return
		}
		d.Swap(lo+root, lo+child)
		root = child
	}
}

// Stable sorts the n elements of d and keeps the order of equal elements: sorted
// blocks are merged by rotations, without room for a copy.
func Stable[D Data](d D, n int) {
	block := 20
	for lo := 0; lo < n; lo += block {
		Insertion(d, lo, min(lo+block, n))
	}
	for ; block < n; block *= 2 {
		for lo := 0; lo+block < n; lo += 2 * block {
			merge(d, lo, lo+block, min(lo+2*block, n))
		}
	}
}

// merge joins the sorted [lo, mid) and [mid, hi): it finds the elements that cross
// the middle of the whole, exchanges the two runs of them, and merges both halves.
func merge[D Data](d D, lo, mid, hi int) {
	switch {
	case lo >= mid || mid >= hi:
		return
	case mid-lo == 1:
		i := lo
		for ; i+1 < hi && d.Less(i+1, i); i++ {
			d.Swap(i, i+1)
		}
		return
	case hi-mid == 1:
		sink(d, lo, mid)
		return
	}
	half := int(uint(lo+hi) >> 1)
	start, end := lo, mid
	if mid > half {
		start, end = half+mid-hi, half
	}
	for start < end {
		c := int(uint(start+end) >> 1)
		if !d.Less(half+mid-1-c, c) {
			start = c + 1
		} else {
			end = c
		}
	}
	stop := half + mid - start
	rotate(d, start, mid, stop)
	merge(d, lo, start, half)
	merge(d, half, stop, hi)
}

// rotate exchanges [lo, mid) and [mid, hi).
func rotate[D Data](d D, lo, mid, hi int) {
	flip(d, lo, mid)
	flip(d, mid, hi)
	flip(d, lo, hi)
}

func flip[D Data](d D, lo, hi int) {
	for hi--; lo < hi; lo, hi = lo+1, hi-1 {
		d.Swap(lo, hi)
	}
}
