/** The chunk that shows verdicts: loaded when their tab is first opened. */
import { mount, unmount } from 'svelte';
import type { PanelHandle, PanelHost, PanelInput } from './panel.ts';
import PanelView from './Panel.svelte';
import { Panel } from './state.svelte.ts';

export function mountPanel(target: HTMLElement, host: PanelHost, input: PanelInput): PanelHandle {
  const panel = new Panel(host, input);
  const app = mount(PanelView, { target, props: { panel } });
  return { update: next => { panel.input = next; }, destroy: () => { void unmount(app); } };
}
