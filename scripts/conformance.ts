/**
 * `npm run conformance -- syntax|format|types|escape|std|run`: our front end and
 * engine against Go's own tests and sources, where a Go installation is found.
 */
const suites: Record<string, () => Promise<{ run: () => unknown }>> = {
  syntax: () => import('./conformance/syntax.ts'),
  format: () => import('./conformance/format.ts'),
  types: () => import('./conformance/types.ts'),
  escape: () => import('./conformance/escape.ts'),
  run: () => import('./conformance/run.ts'),
};
const name = process.argv[2] ?? '';
if (!Object.hasOwn(suites, name)) {
  console.error(`usage: npm run conformance -- ${Object.keys(suites).join('|')}`);
  process.exit(2);
}
process.exitCode = (await (await suites[name]()).run()) === false ? 1 : 0;
