/** Every runtime entry and native a program may import, put together for a Run. */
import type { Entries, RtEnv } from './rt.ts';
import { coreEntries } from './rt.ts';
import type { Run } from './run.ts';
import { stringEntries } from './rt_string.ts';
import { ifaceEntries } from './rt_iface.ts';
import { mapEntries } from './rt_map.ts';
import { stdNatives } from './natives_std.ts';
import { runtimeNatives } from './natives_runtime.ts';
import { callerNatives } from './natives_callers.ts';
import { execNatives } from './natives_exec.ts';
import { testingNatives } from './natives_testing.ts';
import { schedNatives } from './natives_sched.ts';

export function allEntries(env: RtEnv, run: Run): { rt: Entries; native: Entries } {
  const rt: Entries = { ...stringEntries(env), ...ifaceEntries(env), ...mapEntries(env) };
  const all: Entries = { ...coreEntries(env), ...rt };
  return { rt, native: { ...stdNatives(env, run, () => all), ...runtimeNatives(env, run), ...schedNatives(env, run), ...callerNatives(env, run.hooks.fset), ...testingNatives(env, run), ...execNatives(env, run) } };
}
