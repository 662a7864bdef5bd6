/** The page's typefaces. The frame cannot fetch: the shell brings the bytes, FontFace takes them. */
import { assetBytes } from './kernel/chunks.ts';

const faces = [
  ['Source Serif 4', 'font-serif', 'normal'], ['Source Serif 4', 'font-serif-italic', 'italic'], ['Inter', 'font-sans', 'normal'], ['JetBrains Mono', 'font-mono', 'normal'],
] as const;
export async function fonts(): Promise<void> {
  await Promise.allSettled(faces.map(async ([family, asset, style]) => {
    const face = new FontFace(family, await assetBytes(asset), { style, weight: '200 900' });
    document.fonts.add(await face.load());
  }));
}
