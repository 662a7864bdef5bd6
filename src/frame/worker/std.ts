/** lib/std as text inside the Worker's script: the frame has no network to fetch it with. */
import { stdPrefix, type PackageProvider, type SourceText } from '../../../lib/go/program.ts';

const texts = import.meta.glob<string>('/lib/std/**/*.go', { query: '?raw', import: 'default', eager: true });

const packages = new Map<string, SourceText[]>();
for (const path of Object.keys(texts).sort()) {
  const m = /^\/lib\/std\/(.+)\/([^/]+\.go)$/.exec(path);
  if (!m) continue;
  const list = packages.get(m[1]) ?? [];
  list.push({ name: `${stdPrefix}src/${m[1]}/${m[2]}`, text: texts[path] });
  packages.set(m[1], list);
}

export const std: PackageProvider = (path) => packages.get(path);
