// This file holds what other packages need of the package io.

package io

import "errors"

// Writer takes bytes.
type Writer interface {
	Write(p []byte) (n int, err error)
}

// Reader gives bytes.
type Reader interface {
	Read(p []byte) (n int, err error)
}

// EOF is what Read returns when there is no more.
var EOF = errors.New("EOF")

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

// Discard takes everything and keeps nothing.
var Discard Writer = discard{}
