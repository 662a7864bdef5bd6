/**
 * The packages of lib/std. A package's place in this list numbers its allocation
 * sites, so that they are the same whatever else a program imports: add new
 * packages at the end.
 */
export const stdPackages: readonly string[] = [
  'runtime', 'internal/rtype', 'errors', 'unicode/utf8', 'unicode', 'strconv', 'sync', 'sync/atomic', 'io', 'os', 'fmt', 'strings', 'sort', 'time', 'bytes', 'testing',
  'cmp', 'runtime/debug', 'math', 'math/bits', 'math/rand', 'bufio', 'context', 'slices', 'maps', 'log', 'iter', 'container/list', 'container/heap', 'container/ring',
  'unique', 'weak', 'io/ioutil', 'math/rand/v2', 'internal/pdq', 'reflect', 'flag', 'runtime/metrics', 'runtime/pprof', 'runtime/trace', 'os/exec', 'net', 'net/http', 'net/http/httptest', 'net/http/pprof', 'syscall',
  'text/tabwriter', 'unicode/utf16', 'path', 'path/filepath', 'html', 'encoding', 'encoding/hex', 'encoding/base64', 'encoding/binary', 'encoding/csv', 'encoding/json', 'regexp', 'regexp/syntax',
  'hash', 'hash/fnv', 'hash/crc32', 'hash/crc64', 'hash/adler32', 'hash/maphash', 'crypto/sha256', 'crypto/md5', 'crypto/sha1', 'math/cmplx', 'math/big', 'text/template', 'testing/quick', 'net/url', 'io/fs', 'embed', 'log/slog', 'encoding/base32', 'testing/iotest',
  'crypto/sha512', 'crypto/hmac', 'crypto/rand', 'crypto/subtle', 'internal/feed', 'internal/roots', 'internal/oserror', 'internal/regex', 'os/signal', 'structs', 'crypto', 'text/template/parse', 'compress/flate', 'compress/gzip', 'internal/runtime/maps',
];

const firstSite = 1 << 20, sitesPerPackage = 1 << 20;

/** The number of the first site of a std package. */
export function stdSiteBase(path: string): number {
  const i = stdPackages.indexOf(path);
  return firstSite + sitesPerPackage * (i < 0 ? stdPackages.length : i);
}

/**
 * The number of the first site of a function of a std package: eight times the place
 * of its declaration in the package's text, so that it does not depend on which
 * functions a program reaches; that of a function made for others (instances,
 * wrappers) comes from its name.
 */
export function stdFunctionSite(path: string, link: string, offset: number): number {
  const i = stdPackages.indexOf(path);
  if (i >= 0 && offset >= 0 && 8 * offset < sitesPerPackage) return stdSiteBase(path) + 8 * offset;
  let h = 0x811c9dc5;
  for (let k = 0; k < link.length; k++) h = Math.imul(h ^ link.charCodeAt(k), 0x01000193);
  return madeSites + ((h >>> 8) & 0xfffff) * 64;
}
const madeSites = 1 << 30;
