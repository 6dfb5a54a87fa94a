// This file holds the package sync/atomic: sequentially consistent operations, all of them native.

package atomic

// LoadInt32 reads *addr.
func LoadInt32(addr *int32) (val int32)

// StoreInt32 writes val to *addr.
func StoreInt32(addr *int32, val int32)

// AddInt32 adds delta to *addr and gives the new value.
func AddInt32(addr *int32, delta int32) (new int32)

// SwapInt32 writes new to *addr and gives the old value.
func SwapInt32(addr *int32, new int32) (old int32)

// CompareAndSwapInt32 writes new to *addr if it holds old, and reports whether it did.
func CompareAndSwapInt32(addr *int32, old, new int32) (swapped bool)

// Int32 is an atomic int32.
type Int32 struct{ v int32 }

// Load reads the value.
func (x *Int32) Load() int32

// Store writes the value.
func (x *Int32) Store(val int32)

// Add adds delta and gives the new value.
func (x *Int32) Add(delta int32) (new int32)

// Swap writes new and gives the old value.
func (x *Int32) Swap(new int32) (old int32)

// CompareAndSwap writes new if the value is old, and reports whether it did.
func (x *Int32) CompareAndSwap(old, new int32) (swapped bool)

// LoadInt64 reads *addr.
func LoadInt64(addr *int64) (val int64)

// StoreInt64 writes val to *addr.
func StoreInt64(addr *int64, val int64)

// AddInt64 adds delta to *addr and gives the new value.
func AddInt64(addr *int64, delta int64) (new int64)

// SwapInt64 writes new to *addr and gives the old value.
func SwapInt64(addr *int64, new int64) (old int64)

// CompareAndSwapInt64 writes new to *addr if it holds old, and reports whether it did.
func CompareAndSwapInt64(addr *int64, old, new int64) (swapped bool)

// Int64 is an atomic int64.
type Int64 struct{ v int64 }

// Load reads the value.
func (x *Int64) Load() int64

// Store writes the value.
func (x *Int64) Store(val int64)

// Add adds delta and gives the new value.
func (x *Int64) Add(delta int64) (new int64)

// Swap writes new and gives the old value.
func (x *Int64) Swap(new int64) (old int64)

// CompareAndSwap writes new if the value is old, and reports whether it did.
func (x *Int64) CompareAndSwap(old, new int64) (swapped bool)

// LoadUint32 reads *addr.
func LoadUint32(addr *uint32) (val uint32)

// StoreUint32 writes val to *addr.
func StoreUint32(addr *uint32, val uint32)

// AddUint32 adds delta to *addr and gives the new value.
func AddUint32(addr *uint32, delta uint32) (new uint32)

// SwapUint32 writes new to *addr and gives the old value.
func SwapUint32(addr *uint32, new uint32) (old uint32)

// CompareAndSwapUint32 writes new to *addr if it holds old, and reports whether it did.
func CompareAndSwapUint32(addr *uint32, old, new uint32) (swapped bool)

// Uint32 is an atomic uint32.
type Uint32 struct{ v uint32 }

// Load reads the value.
func (x *Uint32) Load() uint32

// Store writes the value.
func (x *Uint32) Store(val uint32)

// Add adds delta and gives the new value.
func (x *Uint32) Add(delta uint32) (new uint32)

// Swap writes new and gives the old value.
func (x *Uint32) Swap(new uint32) (old uint32)

// CompareAndSwap writes new if the value is old, and reports whether it did.
func (x *Uint32) CompareAndSwap(old, new uint32) (swapped bool)

// LoadUint64 reads *addr.
func LoadUint64(addr *uint64) (val uint64)

// StoreUint64 writes val to *addr.
func StoreUint64(addr *uint64, val uint64)

// AddUint64 adds delta to *addr and gives the new value.
func AddUint64(addr *uint64, delta uint64) (new uint64)

// SwapUint64 writes new to *addr and gives the old value.
func SwapUint64(addr *uint64, new uint64) (old uint64)

// CompareAndSwapUint64 writes new to *addr if it holds old, and reports whether it did.
func CompareAndSwapUint64(addr *uint64, old, new uint64) (swapped bool)

// Uint64 is an atomic uint64.
type Uint64 struct{ v uint64 }

// Load reads the value.
func (x *Uint64) Load() uint64

// Store writes the value.
func (x *Uint64) Store(val uint64)

// Add adds delta and gives the new value.
func (x *Uint64) Add(delta uint64) (new uint64)

// Swap writes new and gives the old value.
func (x *Uint64) Swap(new uint64) (old uint64)

// CompareAndSwap writes new if the value is old, and reports whether it did.
func (x *Uint64) CompareAndSwap(old, new uint64) (swapped bool)

// LoadUintptr reads *addr.
func LoadUintptr(addr *uintptr) (val uintptr)

// StoreUintptr writes val to *addr.
func StoreUintptr(addr *uintptr, val uintptr)

// AddUintptr adds delta to *addr and gives the new value.
func AddUintptr(addr *uintptr, delta uintptr) (new uintptr)

// SwapUintptr writes new to *addr and gives the old value.
func SwapUintptr(addr *uintptr, new uintptr) (old uintptr)

// CompareAndSwapUintptr writes new to *addr if it holds old, and reports whether it did.
func CompareAndSwapUintptr(addr *uintptr, old, new uintptr) (swapped bool)

// Uintptr is an atomic uintptr.
type Uintptr struct{ v uintptr }

// Load reads the value.
func (x *Uintptr) Load() uintptr

// Store writes the value.
func (x *Uintptr) Store(val uintptr)

// Add adds delta and gives the new value.
func (x *Uintptr) Add(delta uintptr) (new uintptr)

// Swap writes new and gives the old value.
func (x *Uintptr) Swap(new uintptr) (old uintptr)

// CompareAndSwap writes new if the value is old, and reports whether it did.
func (x *Uintptr) CompareAndSwap(old, new uintptr) (swapped bool)

// Bool is an atomic bool.
type Bool struct{ v bool }

// Load reads the value.
func (x *Bool) Load() bool

// Store writes the value.
func (x *Bool) Store(val bool)

// Swap writes new and gives the old value.
func (x *Bool) Swap(new bool) (old bool)

// CompareAndSwap writes new if the value is old, and reports whether it did.
func (x *Bool) CompareAndSwap(old, new bool) (swapped bool)
