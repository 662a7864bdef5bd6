/**
 * What is compared of how a program ended: not argument values and code offsets in tracebacks, addresses,
 * numbers of goroutines but the first, and calls inside the standard library, whose bodies are not Go's.
 */
export const stopped = (s: string): string => s
  .replace(/^\t(\S+:\d+) \+0x[0-9a-f]+$/gm, '\t$1')
  .replaceAll('$GOROOT/src/', '')
  .replace(/^([\w./*()[\]-]+)\([^\n]*\)$/gm, '$1(...)')
  .replace(/^(?!main\.|panic\()\S+\(\.\.\.\)\n\t\S+:\d+\n/gm, '')
  .replace(/^\truntime\/panic.go:\d+$/gm, '\truntime/panic.go')
  .replace(/0x[0-9a-f]{4,}/g, '0xADDR')
  .replace(/^goroutine (?!1 )\d+/gm, 'goroutine N')
  .replace(/ in goroutine (?!1$)\d+$/gm, ' in goroutine N');
