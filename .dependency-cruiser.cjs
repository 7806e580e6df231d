// Keeps the arrows of projenrc/rooms.cjs. Imports of types count.
const ROOMS = require('./projenrc/rooms.cjs');

/** A regular expression for the files of a room. */
function filesOf(room) {
  if (room.endsWith('/')) { return `^${room}`; }
  if (room === 'cli/*.ts') { return '^cli/(?!main)[^/]+[.]ts$'; }
  return `^${room.replace('.ts', '[.]ts').replace('*', '[^/]+')}$`;
}

const arrows = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: room,
  severity: 'error',
  comment: `${room} may import only ${allowed.join(', ')}`,
  from: { path: filesOf(room) },
  to: { path: '^(lib|cli)/', pathNot: allowed.map(filesOf) },
}));

module.exports = {
  forbidden: [
    { name: 'no circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'a second opinion',
      severity: 'error',
      comment: 'lib/engine/evaluate replays what the analysis claims, so it reaches no matcher of the analysis, not even through others',
      from: { path: filesOf('lib/engine/evaluate/') },
      to: { path: '^lib/engine/(strings/(covers|overlaps|automaton|find-string|string-set)|regions/|witness/|intersect/|decide/)', reachable: true },
    },
    {
      name: 'a pure engine',
      severity: 'error',
      comment: 'the engine knows neither the CDK nor files, clocks or the network',
      from: { path: '^lib/engine/' },
      to: { path: '.', pathNot: '^lib/(engine|util)/' },
    },
    { name: 'every file has a room', severity: 'error', from: { path: '^(lib|cli)/', pathNot: Object.keys(ROOMS).map(filesOf) }, to: {} },
    ...arrows,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.](js|d[.]ts)$' },
    tsPreCompilationDeps: true,
  },
};
