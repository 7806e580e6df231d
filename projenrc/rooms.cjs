/**
 * The rooms of the house, and the arrows between them: which folder may import which. Imports of types count. The lint of
 * .dependency-cruiser.cjs keeps them; test/arrows.test.ts breaks each one on purpose; docs/architecture.md shows the rooms.
 */
const engine = (...rooms) => rooms.map((room) => `lib/engine/${room}`);
const library = (...rooms) => rooms.map((room) => `lib/${room}`);

/** All that the engine shows to others. */
const ENGINE = 'lib/engine/index.ts';
const UTIL = 'lib/util/';

/** Each room with what it may import besides itself, from the bottom up. A name with a slash at its end is a folder. */
const ROOMS = {
  // ---- The library ----
  'lib/util/': [],
  'lib/engine/strings/': [UTIL],
  'lib/engine/policy/': [UTIL, ...engine('strings/')],
  // The second opinion on witnesses: it shares the policies with the analysis, and none of its ways of matching.
  'lib/engine/evaluate/': [UTIL, ...engine('policy/', 'strings/symbolic-string.ts', 'strings/variables.ts')],
  'lib/engine/regions/': [UTIL, ...engine('strings/', 'policy/')],
  'lib/engine/witness/': [UTIL, ...engine('strings/', 'policy/', 'regions/', 'evaluate/')],
  'lib/engine/intersect/': [UTIL, ...engine('strings/', 'policy/', 'regions/')],
  'lib/engine/decide/': [UTIL, ...engine('strings/', 'policy/', 'regions/', 'witness/', 'intersect/')],
  [ENGINE]: engine('strings/', 'policy/', 'evaluate/', 'regions/', 'witness/', 'intersect/', 'decide/'),
  'lib/reference/': [UTIL, ENGINE],
  'lib/template/': [UTIL, ENGINE, ...library('reference/')],
  'lib/session-policy/': [UTIL, ENGINE, ...library('reference/', 'template/', 'session-policy-size.ts')],
  'lib/role-permissions/': [UTIL, ENGINE, ...library('template/')],
  // Policies of AWS Organizations, as files and documents. It knows no templates.
  'lib/organization-policies/': [UTIL, ENGINE],
  'lib/analysis/': [UTIL, ENGINE, ...library('reference/', 'template/', 'session-policy/', 'organization-policies/')],
  'lib/rules/': [UTIL, ENGINE, ...library('reference/', 'template/', 'session-policy/', 'analysis/', 'private/')],
  'lib/validation/': [UTIL, ENGINE, ...library('reference/', 'template/', 'session-policy/', 'role-permissions/', 'analysis/', 'rules/', 'session-policy-size.ts')],
  'lib/private/': [UTIL, ENGINE, ...library('template/')],
  // The one door behind which everything that needs the engine is loaded.
  'lib/on-demand/': library('session-policy/', 'role-permissions/', 'organization-policies/', 'rules/', 'validation/'),
  'lib/*.ts': [
    UTIL, ENGINE, ...library('template/', 'private/', 'session-policy/', 'role-permissions/', 'organization-policies/', 'analysis/', 'rules/', 'validation/', 'on-demand/'),
  ],

  // ---- The command line. It may import the library, but for the constructs of `lib/*.ts`. ----
  'cli/*.ts': [],
  'cli/output/': ['cli/*.ts'],
  'cli/files/': ['cli/*.ts'],
  'cli/templates/': ['cli/*.ts', 'cli/files/'],
  'cli/policies/': ['cli/*.ts', 'cli/files/', 'cli/templates/'],
  'cli/deployment/': ['cli/*.ts', 'cli/files/', 'cli/templates/'],
  'cli/access/': ['cli/*.ts'],
  'cli/report/': ['cli/*.ts', 'cli/files/', 'cli/templates/', 'cli/access/'],
  'cli/diff-report/': ['cli/*.ts', 'cli/files/', 'cli/templates/', 'cli/deployment/', 'cli/diff/', 'cli/report/'],
  'cli/options/': ['cli/*.ts', 'cli/templates/', 'cli/policies/', 'cli/report/'],
  'cli/html/': ['cli/*.ts', 'cli/access/', 'cli/report/', 'cli/diff/', 'cli/diff-report/'],
  'cli/check/': ['cli/*.ts', 'cli/files/', 'cli/templates/', 'cli/policies/', 'cli/deployment/', 'cli/access/', 'cli/report/', 'cli/options/'],
  'cli/compare/': ['cli/*.ts', 'cli/files/', 'cli/policies/'],
  'cli/compact/': ['cli/*.ts', 'cli/policies/'],
  'cli/explain/': ['cli/*.ts', 'cli/templates/', 'cli/policies/', 'cli/deployment/'],
  // What a git revision has, as files.
  'cli/revisions/': ['cli/*.ts', 'cli/files/', 'cli/templates/'],
  'cli/diff/': ['cli/*.ts', 'cli/files/', 'cli/templates/', 'cli/policies/', 'cli/deployment/'],
  'cli/live/': ['cli/*.ts', 'cli/templates/', 'cli/deployment/', 'cli/report/'],
  'cli/commands/': [
    'cli/*.ts', 'cli/files/', 'cli/templates/', 'cli/policies/', 'cli/deployment/', 'cli/access/', 'cli/report/', 'cli/options/', 'cli/html/', 'cli/check/',
    'cli/compare/', 'cli/compact/', 'cli/explain/', 'cli/revisions/', 'cli/diff/', 'cli/diff-report/', 'cli/live/', 'cli/output/',
  ],
  'cli/main.ts': ['cli/*.ts', 'cli/commands/', 'cli/compare/', 'cli/output/'],
};

/** What the command line may import of the library. */
const SHARED = [
  UTIL, ENGINE, ...library('reference/', 'template/', 'session-policy/', 'role-permissions/', 'organization-policies/', 'analysis/', 'rules/'),
];

/** Every room with all that it may import, itself included. */
module.exports = Object.fromEntries(Object.entries(ROOMS).map(([room, others]) => [
  room, [room, ...others, ...(room.startsWith('cli/') ? SHARED : [])],
]));
