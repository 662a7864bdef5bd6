/** The reader's settings, kept in localStorage; a browser without it keeps them for the visit. */
import type { FrameSettings } from '../bridge/schema.ts';

const key = 'go-memory-lab.settings';
export const goVersions = ['1.26', '1.25', '1.24', '1.23', '1.22', '1.21'] as const;
const defaults = (): FrameSettings => ({ theme: 'system', lang: navigator.language.startsWith('zh') ? 'zh' : 'en', autorun: true, goVersion: '1.26' });

export function readSettings(): FrameSettings {
  const base = defaults();
  try {
    const s = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<FrameSettings>;
    return {
      theme: s.theme === 'light' || s.theme === 'dark' ? s.theme : base.theme,
      lang: s.lang === 'zh' || s.lang === 'en' ? s.lang : base.lang,
      autorun: typeof s.autorun === 'boolean' ? s.autorun : base.autorun,
      goVersion: goVersions.find(v => v === s.goVersion) ?? base.goVersion,
    };
  } catch { return base; }
}
export function keepSettings(s: FrameSettings): void {
  try { localStorage.setItem(key, JSON.stringify(s)); } catch { /* kept for the visit */ }
}
/** localStorage, where the browser lets us have it. */
export function shelf(): Storage | null { try { return localStorage; } catch { return null; } }
