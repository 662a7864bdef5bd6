/** A recursion a million calls deep with pointers from frame to frame: the same program in Node and in the browser. */
export const depthProgram = `package main

type node struct{ up *node }

//go:noinline
func down(n int, up *node) int {
	if n == 0 {
		return 0
	}
	here := &node{up}
	return down(n-1, here) + 1
}

func main() { println(down(1000000, nil)) }
`;
