/**
 * Random Go programs against the real compiler:
 * `npm run conformance -- random [expressions|scenes] [SEED [COUNT]]`.
 *
 * Each program runs once with `go build` and in the lab in several ways (as it is,
 * GOGC=1, without inlining, as Go 1.23), and what each of its functions prints, its
 * panics included, must be the same: nothing printed depends on these. A difference is
 * reported with its seed and way; the program stays in a temporary directory, to be
 * cut down by hand.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInLab, type LabOptions } from './lab.ts';
import { Expressions } from './random_expressions.ts';
import { Scenes } from './random_scenes.ts';

const limit = 20_000;
const makers: Readonly<Record<string, (seed: number) => string>> = {
  expressions: (seed) => new Expressions(seed).program(40),
  scenes: (seed) => new Scenes(seed).program(40),
};
const ways: Readonly<Record<string, LabOptions>> = {
  plain: { limit },
  'GOGC=1': { limit, knobs: { gogc: 1 } },
  '-l': { limit, noInline: true },
  'Go 1.23': { limit, goVersion: '1.23' },
};

/** What the lab prints of a program, or what kept it from running. */
function printed(text: string, way: LabOptions): { text: string } | { why: string } {
  try {
    const r = runInLab('main.go', text, way);
    return r.diagnostic !== undefined ? { why: r.diagnostic } : { text: r.stdout + r.stderr };
  } catch (x) { return { why: `exception: ${String((x as Error).stack).split('\n').slice(0, 5).join('\n')}` }; }
}

export function run(args: readonly string[] = process.argv.slice(3)): boolean {
  const chosen = Object.keys(makers).filter((m) => args.includes(m));
  const [first = 1, count = 5] = args.filter((a) => /^\d+$/.test(a)).map(Number);
  if (spawnSync('go', ['version']).status !== 0) { console.log('random: there is no Go here to compare with'); return true; }
  const dir = mkdtempSync(join(tmpdir(), 'random-'));
  let programs = 0, functions = 0, differ = 0;
  for (let seed = first; seed < first + count; seed++) {
    for (const maker of chosen.length > 0 ? chosen : Object.keys(makers)) {
      const text = makers[maker](seed), file = join(dir, `${maker}${seed}.go`), exe = join(dir, 'program');
      writeFileSync(file, text);
      const c = spawnSync('go', ['build', '-o', exe, file], { encoding: 'utf8' });
      if (c.status !== 0) { console.log(`${file} does not compile: ${c.stderr.split('\n').slice(0, 6).join('\n')}`); differ++; continue; }
      const want = spawnSync(exe, { timeout: limit, encoding: 'utf8' }), real = (want.stdout + want.stderr).split(/^== /m);
      programs++;
      for (const [way, options] of Object.entries(ways)) {
        // Scenes print capacities, and those of small appends are the version's.
        if (maker === 'scenes' && options.goVersion) continue;
        const ours = printed(text, options);
        if ('why' in ours) { differ++; console.log(`${file} ${way}: ${ours.why}`); continue; }
        const lab = ours.text.split(/^== /m);
        functions += real.length - 1;
        for (let i = 0; i < real.length; i++) {
          // Go 1.23 says this with other words.
          const alike = (t: string | undefined): string => (options.goVersion ? (t ?? '').replace(/(runtime error: )?hash of unhashable type:? /g, '') : t ?? '');
          if (alike(real[i]) === alike(lab[i])) continue;
          differ++;
          const x = real[i].split('\n'), y = (lab[i] ?? '').split('\n'), at = x.findIndex((l, k) => l !== y[k]);
          console.log(`${file} ${way}, function ${i - 1}, line ${at}:\n  go:  ${x[at]?.slice(0, 160)}\n  lab: ${y[at]?.slice(0, 160)}`);
          if (want.status !== 0) break;
        }
      }
    }
  }
  console.log(`random: ${programs} programs in up to ${Object.keys(ways).length} ways, ${functions} functions, ${differ} differences`);
  return differ === 0;
}
