/**
 * What the archives of standard packages are made from: programs that use what
 * programs commonly use. What they reach is compiled when the app is built; other
 * functions are compiled when a program first reaches them.
 */
const program = (imports: readonly string[], body: string): string => `package main\n\nimport (\n${imports.map((i) => `\t"${i}"\n`).join('')})\n\nfunc main() {\n${body}\n}\n`;

export const archivePrograms: readonly string[] = [
  program(['fmt', 'os', 'runtime', 'strings'], `
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	runtime.GC()
	var b strings.Builder
	fmt.Fprintf(&b, "%v %d %s %6.2f %T %q %x %p", 1, 2, "a", 1.5, m, 'x', []byte{1}, &m)
	fmt.Fprintln(os.Stderr, b.String(), fmt.Sprint(1), fmt.Sprintf("%v", m), fmt.Sprintln(), fmt.Errorf("%w", os.ErrExist))
	fmt.Print(strings.Repeat("x", 3), strings.Split("a,b", ","), strings.Join(nil, ""), strings.Contains("a", "b"))
	fmt.Printf("")
	fmt.Println()
	runtime.KeepAlive(&b)
	runtime.Gosched()
	os.Exit(0)`),
  program(['errors', 'math', 'runtime/debug', 'sort', 'strconv', 'sync', 'sync/atomic', 'time', 'unsafe'], `
	var mu sync.Mutex
	var rw sync.RWMutex
	var wg sync.WaitGroup
	var once sync.Once
	var pool sync.Pool
	var n atomic.Int64
	once.Do(func() {})
	mu.Lock()
	mu.Unlock()
	rw.RLock()
	rw.RUnlock()
	rw.Lock()
	rw.Unlock()
	wg.Add(1)
	wg.Done()
	wg.Wait()
	pool.Put(pool.Get())
	n.Add(1)
	n.Load()
	start := time.Now()
	time.Sleep(time.Millisecond)
	println(time.Since(start) > time.Second, unsafe.Sizeof(n), errors.Is(errors.New("x"), nil), errors.Unwrap(nil), math.Sqrt(2), math.Inf(1))
	debug.SetGCPercent(100)
	debug.SetMemoryLimit(-1)
	debug.FreeOSMemory()
	s := []int{2, 1}
	sort.Ints(s)
	sort.Strings(nil)
	sort.Slice(s, func(i, j int) bool { return s[i] < s[j] })
	println(strconv.Itoa(1), strconv.Quote("x"))
	i, err := strconv.Atoi("1")
	println(i, err)`),
];
