/**
 * `npm run conformance -- syntax|types|check|escape|packages|std|fmt|run|random`: our front end and
 * engine against Go's own tests and sources, where a Go installation is found.
 */
const suites: Record<string, () => Promise<{ run: () => unknown }>> = {
  syntax: () => import('./conformance/syntax.ts'),
  types: () => import('./conformance/types.ts'),
  check: () => import('./conformance/check.ts'),
  escape: () => import('./conformance/escape.ts'),
  packages: () => import('./conformance/packages.ts'),
  std: () => import('./conformance/std.ts'),
  fmt: () => import('./conformance/fmt.ts'),
  run: () => import('./conformance/run.ts'),
  random: () => import('./conformance/random.ts'),
};
const suite = process.argv[2] ?? '';
if (!Object.hasOwn(suites, suite)) {
  console.error(`usage: npm run conformance -- ${Object.keys(suites).join('|')}`);
  process.exit(2);
}
process.exitCode = (await (await suites[suite]()).run()) === false ? 1 : 0;
export {};
