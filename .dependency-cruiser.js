/**
 * The layers of the house (ARCHITECTURE.md), as rules. `lib` never sees `src`;
 * inside lib imports point one way; in src each package has one room.
 */
const lib = (...rooms) => `^lib/(${rooms.join('|')})/`;

/** Each room of lib and the rooms it may import besides itself. */
const layers = {
  base: [],
  abi: ['base'],
  trace: ['base', 'abi'],
  pacer: ['base'],
  go: ['base', 'abi', 'trace'],
  runtime: ['base', 'abi', 'trace', 'pacer'],
  compile: ['base', 'abi', 'go'],
  engine: ['base', 'abi', 'trace', 'pacer', 'go', 'runtime', 'compile', 'std', 'series'],
  model: ['base', 'abi', 'trace', 'pacer'],
  importers: ['base', 'abi', 'trace'],
  exporters: ['base', 'abi', 'trace'],
  series: ['base', 'abi', 'trace'],
  notebook: ['base', 'abi', 'trace'],
};

const only = (name, pkg, room) => ({
  name, severity: 'error', comment: `${name} only from ${room}`,
  from: { path: '^(lib|src)/', pathNot: room }, to: { path: `node_modules/${pkg}` },
});

export default {
  forbidden: [
    { name: 'no-cycles-between-rooms', severity: 'error', from: { path: '^lib/' }, to: { path: '^src/' } },
    ...Object.entries(layers).map(([room, below]) => ({
      name: `${room}-imports`, severity: 'error', comment: `lib/${room} may import ${below.join(', ') || 'nothing'}`,
      from: { path: lib(room) }, to: { path: '^lib/', pathNot: lib(room, ...below) },
    })),
    { name: 'walk-sees-only-go', severity: 'error', from: { path: '^lib/go/walk/' }, to: { path: '^lib/', pathNot: lib('go', 'abi', 'base') } },
    { name: 'lib-packages', severity: 'error', from: { path: '^lib/' }, to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: 'node_modules/fflate' } },
    { name: 'fflate-room', severity: 'error', from: { path: '^lib/', pathNot: lib('importers', 'exporters') }, to: { path: 'node_modules/fflate' } },
    { name: 'frame-not-shell', severity: 'error', from: { path: '^src/frame/' }, to: { path: '^src/(shell|session)/' } },
    { name: 'shell-not-frame', severity: 'error', from: { path: '^src/shell/' }, to: { path: '^src/frame/' } },
    { name: 'session-only-from-shell', severity: 'error', from: { path: '^src/', pathNot: '^src/(shell|session)/' }, to: { path: '^src/session/' } },
    only('plot', '@observablehq/plot', '^src/(chart|frame/kernel)/'),
    only('runtime', '@observablehq/runtime', '^src/frame/kernel/'),
    only('idb', 'idb', '^src/session/'),
    only('codemirror', '@codemirror', '^src/frame/editor/'),
  ],
  options: { doNotFollow: { path: 'node_modules' }, tsConfig: { fileName: 'tsconfig.json' }, tsPreCompilationDeps: false, exclude: { path: '(\\?raw|\\?url)$' } },
};
