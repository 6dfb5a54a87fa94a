/** This file holds the package sync/atomic: sequentially consistent operations, all of them native. */

const INTEGERS = ['Int32', 'Int64', 'Uint32', 'Uint64', 'Uintptr'] as const;

/** The functions for one integer type, and the type with its methods. */
function integer(name: (typeof INTEGERS)[number]): string {
  const t = name.toLowerCase();
  return `
// Load${name} reads *addr.
func Load${name}(addr *${t}) (val ${t})

// Store${name} writes val to *addr.
func Store${name}(addr *${t}, val ${t})

// Add${name} adds delta to *addr and gives the new value.
func Add${name}(addr *${t}, delta ${t}) (new ${t})

// Swap${name} writes new to *addr and gives the old value.
func Swap${name}(addr *${t}, new ${t}) (old ${t})

// CompareAndSwap${name} writes new to *addr if it holds old, and reports whether it did.
func CompareAndSwap${name}(addr *${t}, old, new ${t}) (swapped bool)

// ${name} is an atomic ${t}.
type ${name} struct{ v ${t} }

// Load reads the value.
func (x *${name}) Load() ${t}

// Store writes the value.
func (x *${name}) Store(val ${t})

// Add adds delta and gives the new value.
func (x *${name}) Add(delta ${t}) (new ${t})

// Swap writes new and gives the old value.
func (x *${name}) Swap(new ${t}) (old ${t})

// CompareAndSwap writes new if the value is old, and reports whether it did.
func (x *${name}) CompareAndSwap(old, new ${t}) (swapped bool)
`;
}

export const atomic = `package atomic
${INTEGERS.map(integer).join('')}
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
`;
