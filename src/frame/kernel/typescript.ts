/** Stands where notebook-kit imports the TypeScript compiler: the compiler itself arrives in a chunk, on the first TypeScript cell. */
let compiler: ((text: string) => string) | null = null;

export const hasCompiler = (): boolean => compiler !== null;
export function provideCompiler(f: (text: string) => string): void { compiler = f; }

export function transpileTypeScript(text: string): string {
  if (!compiler) throw new Error('the TypeScript compiler is not loaded yet');
  return compiler(text);
}
