package main

import "fmt"

func main() {
	s := "héllo, 世界!"
	fmt.Println(len(s), s[1], s[:3], s[8:])
	for i, r := range s {
		fmt.Print(i, ":", r, " ")
	}
	fmt.Println()
	bs := []byte(s)
	bs[0] = 'H'
	fmt.Println(string(bs), s[0], len(bs))
	rs := []rune("日本語")
	rs[1] = 'x'
	fmt.Println(string(rs), len(rs), string(rune(0x4e16)), string(rune(-1)))
	t := ""
	for i := 0; i < 5; i++ {
		t += string(rune('a'+i)) + "-"
	}
	fmt.Println(t, t == "a-b-c-d-e-", t < "b", "a" < "ab", "" < "a", "b" > "a", "x"+t+"y")
	bs = append(bs[:2], "xyz"...)
	n := copy(bs, "QQ")
	fmt.Println(string(bs), n)
	m := map[string]int{}
	for _, w := range []string{"a", "b", "a", "c", "b", "a"} {
		m[w]++
	}
	fmt.Println(m["a"], m["b"], m["c"], m["d"], len(m))
	defer func() {
		fmt.Println(recover())
		defer func() { fmt.Println(recover()) }()
		i := 3
		_ = s[i:2]
	}()
	i := 100
	_ = s[i]
}

// prints:
// 15 195 hé 世界!
// 0:104 1:233 3:108 4:108 5:111 6:44 7:32 8:19990 11:30028 14:33
// Héllo, 世界! 104 15
// 日x語 3 世 �
// a-b-c-d-e- true true true true true xa-b-c-d-e-y
// QQxyz 2
// 3 2 1 0 3
// runtime error: index out of range [100] with length 15
// runtime error: slice bounds out of range [3:2]
