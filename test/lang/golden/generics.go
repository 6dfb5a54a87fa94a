package main

type Number interface{ ~int | ~float64 }

type List[T any] struct{ head *node[T] }

type Matrix[T *P | Q, N interface{ m() }] [4][4]T

type Array [N * 2]int

func Map[K comparable, V Number](m map[K]V, f func(K) V) []V { return Apply[K, V](m, f) }

func (l *List[T]) Len() int { return len[T](l) }
