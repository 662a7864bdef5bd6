/** Written in by scripts/build.mjs. */
/** Address, relative to the page, of every asset the frame may ask for. */
declare const __ASSETS__: Readonly<Record<string, string>>;
/** The chapters of this build. */
declare const __CHAPTERS__: readonly { readonly slug: string; readonly number: number; readonly title: string; readonly titleZh: string; readonly file: string; readonly version: string; readonly dek: string; readonly dekZh: string; readonly sketch: string; readonly programs: number }[];
