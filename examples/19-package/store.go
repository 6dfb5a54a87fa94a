package main

import "sync"

// Store counts what is in stock.
type Store struct {
	mu    sync.Mutex
	items map[string]int
	total int
}

func NewStore() *Store {
	return &Store{items: map[string]int{}}
}

// Put adds n pieces of an item.
func (s *Store) Put(item string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[item] += n
	s.total += n
}

// Total reads without the lock that Put holds.
func (s *Store) Total() int {
	return s.total
}
