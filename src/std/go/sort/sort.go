// This file holds the package sort: insertion sort for short data, heap sort for long, both in place.

package sort

// Interface is data that can be sorted.
type Interface interface {
	Len() int
	Less(i, j int) bool
	Swap(i, j int)
}

// Sort sorts data; equal elements may change places.
func Sort(data Interface) {
	n := data.Len()
	if n <= 12 {
		insertion(data, n)
		return
	}
	for i := (n - 1) / 2; i >= 0; i-- {
		siftDown(data, i, n)
	}
	for i := n - 1; i >= 0; i-- {
		data.Swap(0, i)
		siftDown(data, 0, i)
	}
}

// Stable sorts data; equal elements keep their order.
func Stable(data Interface) { insertion(data, data.Len()) }

func insertion(data Interface, n int) {
	for i := 1; i < n; i++ {
		for j := i; j > 0 && data.Less(j, j-1); j-- {
			data.Swap(j, j-1)
		}
	}
}

func siftDown(data Interface, root, n int) {
	for {
		child := 2*root + 1
		if child >= n {
			return
		}
		if child+1 < n && data.Less(child, child+1) {
			child++
		}
		if !data.Less(root, child) {
			return
		}
		data.Swap(root, child)
		root = child
	}
}

// IsSorted reports whether data is sorted.
func IsSorted(data Interface) bool {
	for i := data.Len() - 1; i > 0; i-- {
		if data.Less(i, i-1) {
			return false
		}
	}
	return true
}

type reverse struct {
	Interface
}

func (r reverse) Less(i, j int) bool { return r.Interface.Less(j, i) }

// Reverse gives data in the opposite order.
func Reverse(data Interface) Interface { return &reverse{data} }

// IntSlice is a slice of ints that can be sorted.
type IntSlice []int

func (x IntSlice) Len() int           { return len(x) }
func (x IntSlice) Less(i, j int) bool { return x[i] < x[j] }
func (x IntSlice) Swap(i, j int)      { x[i], x[j] = x[j], x[i] }

// Float64Slice is a slice of floats that can be sorted.
type Float64Slice []float64

func (x Float64Slice) Len() int           { return len(x) }
func (x Float64Slice) Less(i, j int) bool { return x[i] < x[j] || x[i] != x[i] && x[j] == x[j] }
func (x Float64Slice) Swap(i, j int)      { x[i], x[j] = x[j], x[i] }

// StringSlice is a slice of strings that can be sorted.
type StringSlice []string

func (x StringSlice) Len() int           { return len(x) }
func (x StringSlice) Less(i, j int) bool { return x[i] < x[j] }
func (x StringSlice) Swap(i, j int)      { x[i], x[j] = x[j], x[i] }

func Ints(x []int)         { Sort(IntSlice(x)) }
func Float64s(x []float64) { Sort(Float64Slice(x)) }
func Strings(x []string)   { Sort(StringSlice(x)) }

func IntsAreSorted(x []int) bool         { return IsSorted(IntSlice(x)) }
func Float64sAreSorted(x []float64) bool { return IsSorted(Float64Slice(x)) }
func StringsAreSorted(x []string) bool   { return IsSorted(StringSlice(x)) }

// sliceLen gives the length of the slice in x; it panics if there is none.
func sliceLen(x any) int

// sliceSwap exchanges two elements of the slice in x.
func sliceSwap(x any, i, j int)

type anySlice struct {
	x    any
	less func(i, j int) bool
}

func (s anySlice) Len() int           { return sliceLen(s.x) }
func (s anySlice) Less(i, j int) bool { return s.less(i, j) }
func (s anySlice) Swap(i, j int)      { sliceSwap(s.x, i, j) }

// Slice sorts the slice x by less; equal elements may change places.
func Slice(x any, less func(i, j int) bool) { Sort(anySlice{x, less}) }

// SliceStable sorts the slice x by less; equal elements keep their order.
func SliceStable(x any, less func(i, j int) bool) { Stable(anySlice{x, less}) }

// SliceIsSorted reports whether the slice x is sorted by less.
func SliceIsSorted(x any, less func(i, j int) bool) bool { return IsSorted(anySlice{x, less}) }

// Search gives the least i in [0, n) for which f is true, or n.
func Search(n int, f func(int) bool) int {
	i, j := 0, n
	for i < j {
		h := (i + j) / 2
		if !f(h) {
			i = h + 1
		} else {
			j = h
		}
	}
	return i
}

// SearchInts gives where x is, or would be inserted, in the sorted slice a.
func SearchInts(a []int, x int) int { return Search(len(a), func(i int) bool { return a[i] >= x }) }

// SearchStrings gives where x is, or would be inserted, in the sorted slice a.
func SearchStrings(a []string, x string) int {
	return Search(len(a), func(i int) bool { return a[i] >= x })
}
