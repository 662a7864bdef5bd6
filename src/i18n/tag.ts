/** BCP 47 tag of a language of ours. */
export const tagOf = (lang: string): string => lang === 'zh' ? 'zh-CN' : 'en';
