package main

import "testing"

func TestPut(t *testing.T) {
	store := NewStore()
	store.Put("nails", 3)
	store.Put("nails", 4)
	if got := store.Total(); got != 7 {
		t.Errorf("Total() = %d, want 7", got)
	}
}
