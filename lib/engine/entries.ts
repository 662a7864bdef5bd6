/** Every runtime entry and native a program may import, put together for a Run. */
import type { Entries, RtEnv } from './rt.ts';
import type { Run } from './run.ts';
import { stringEntries } from './rt_string.ts';
import { ifaceEntries } from './rt_iface.ts';
import { stdNatives } from './natives_std.ts';

export function allEntries(env: RtEnv, run: Run): { rt: Entries; native: Entries } {
  const rt: Entries = { ...stringEntries(env), ...ifaceEntries(env) };
  return { rt, native: { ...stdNatives(env, run, () => rt), ...natives(env, run) } };
}

/** Natives the machine itself provides. */
function natives(env: RtEnv, run: Run): Entries {
  void run;
  return {
    'runtime.Goexit': () => env.m.panics.goexit(),
    'runtime.GC': () => env.rt.collect(),
  };
}
