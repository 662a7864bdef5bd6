/** lib/std as text inside the Worker, in the parts that the page sends: it has no network to fetch them with. */
import { provideCommented } from '../../../lib/go/services/describe.ts';
import { stdPrefix, type PackageProvider, type SourceText } from '../../../lib/go/program.ts';

const packages = new Map<string, SourceText[]>(), commented = new Map<string, Uint8Array>();

type Source = Record<string, [name: string, text: string][]>;

/** Takes a part: JSON of file names and texts by package path, as scripts/build.mjs writes it. */
export function takeSource(json: string): void {
  for (const [path, files] of Object.entries(JSON.parse(json) as Source)) {
    packages.set(path, files.map(([name, text]) => ({ name: `${stdPrefix}src/${path}/${name}`, text })));
  }
}

/** Takes the texts of all packages with their comments, for who edits. */
export function takeDocs(json: string): void {
  for (const [path, files] of Object.entries(JSON.parse(json) as Source)) for (const [name, text] of files) commented.set(`${stdPrefix}src/${path}/${name}`, new TextEncoder().encode(text));
  provideCommented((name) => commented.get(name));
}

export const std: PackageProvider = (path) => packages.get(path);
