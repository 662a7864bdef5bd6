/**
 * Named character references for Markdown, decoded by the browser: stands in the frame
 * for the table that the package `entities` carries, of which markdown-it uses one function.
 */

let decoder: HTMLTextAreaElement | undefined;

/** `&name;` as its characters; unchanged if there is no such name. */
export function decodeHTMLStrict(reference: string): string {
  decoder ??= document.createElement('textarea');
  decoder.innerHTML = reference;
  const text = decoder.value;
  // Of an unknown name that begins with a known one, as &notit;, the browser decodes the beginning.
  return text.length > 1 && text.endsWith(';') ? reference : text;
}
