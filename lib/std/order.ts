/**
 * The packages of lib/std. A package's place in this list numbers its allocation
 * sites, so that they are the same whatever else a program imports: add new
 * packages at the end.
 */
export const stdPackages: readonly string[] = [
  'runtime', 'internal/rtype', 'errors', 'unicode/utf8', 'unicode', 'strconv', 'sync', 'sync/atomic', 'io', 'os', 'fmt', 'strings', 'sort', 'time', 'bytes', 'testing',
  'cmp', 'runtime/debug', 'math', 'math/bits', 'math/rand', 'bufio', 'context', 'slices', 'maps', 'log', 'iter', 'container/list', 'container/heap', 'container/ring', 'internal/pdq',
];

const firstSite = 65536, sitesPerPackage = 4096;

/** The number of the first site of a std package. */
export function stdSiteBase(path: string): number {
  const i = stdPackages.indexOf(path);
  return firstSite + sitesPerPackage * (i < 0 ? stdPackages.length : i);
}
