/** Saving files: only the shell may. */
export const fileName = (name: string): string => name.replace(/[^\p{L}\p{Nd}._ -]/gu, '_').trim() || 'notebook';

export function saveFile(content: BlobPart, name: string, type = 'application/octet-stream'): void {
  const a = document.createElement('a');
  a.href = URL.createObjectURL(new Blob([content], { type }));
  a.download = fileName(name);
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 10_000);
}
