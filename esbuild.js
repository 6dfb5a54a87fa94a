/**
 * This file builds everything that ships into dist/: the extension, its worker, the panel, and the command line.
 * Flags: --production (minified, no source maps), --watch (prints the lines of the `$esbuild-watch` problem matcher),
 * --host-tests (instead: the suite that runs inside the extension host, into out/host/),
 * --bench (instead: the benchmarks, bundled as what ships is, into out/bench/ and out/bench-host/).
 */
'use strict';
const { chmodSync, copyFileSync, existsSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const esbuild = require('esbuild');
const { version } = require('./package.json');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const hostTests = process.argv.includes('--host-tests');
const bench = process.argv.includes('--bench');
const root = __dirname;
const dist = join(root, 'dist');

/** Programs that may still be missing from the tree; the build passes over them. */
const MAY_BE_MISSING = [];

/** What is common to all bundles. */
const shared = {
  absWorkingDir: root,
  bundle: true,
  outdir: dist,
  minify: production,
  sourcemap: !production,
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'silent',
  // The packages of std are Go text.
  loader: { '.go': 'text' },
  define: {
    'process.env.NODE_ENV': JSON.stringify(production ? 'production' : 'development'),
    'process.env.INTERLANE_VERSION': JSON.stringify(version),
  },
};

const onNode = { platform: 'node', format: 'cjs', target: 'node20' };

/** One row a bundle: dist/<name>.js from an entry point, and how it differs from the others. */
const BUNDLES = [
  { name: 'extension', entry: 'src/host/main.ts', options: { ...onNode, external: ['vscode'] } },
  { name: 'worker', entry: 'src/worker/main.ts', options: onNode },
  { name: 'cli', entry: 'src/cli/main.ts', options: { ...onNode, banner: { js: '#!/usr/bin/env node' } } },
  {
    name: 'webview',
    entry: 'src/webview/main.tsx',
    options: { platform: 'browser', format: 'iife', target: 'es2022' },
  },
];

/** The suite for the extension host: one file a test, for mocha to load by name. */
const HOST_TESTS = {
  ...shared,
  ...onNode,
  entryPoints: ['test/host/*.ts'],
  outdir: join(root, 'out', 'host'),
  external: ['vscode', 'mocha'],
};

/** The benchmarks, and their part that runs inside the extension host. */
const BENCHES = [
  {
    ...shared,
    ...onNode,
    packages: 'external',
    entryPoints: ['test/bench/main.ts'],
    outdir: join(root, 'out', 'bench'),
  },
  {
    ...shared,
    ...onNode,
    external: ['vscode'],
    entryPoints: ['test/bench/host/index.ts'],
    outdir: join(root, 'out', 'bench-host'),
  },
];

/** Builds under way, over all bundles. */
let pending = 0;

/** Prints what VS Code's problem matcher looks for: one start and one finish for all bundles, errors in between. */
const reporter = {
  name: 'reporter',
  setup(build) {
    build.onStart(() => {
      if (pending++ === 0 && watch) console.log('[watch] build started');
    });
    build.onEnd((result) => {
      for (const { text, location } of result.errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      if (result.errors.length === 0) finish(build.initialOptions);
      if (--pending === 0 && watch) console.log('[watch] build finished');
    });
  },
};

/** What a bundle needs beside its JavaScript. */
function finish(options) {
  if (options.outdir !== dist) return;
  if ('cli' in options.entryPoints) chmodSync(join(dist, 'cli.js'), 0o755);
  if ('webview' in options.entryPoints) {
    for (const file of ['codicon.css', 'codicon.ttf']) {
      copyFileSync(join(root, 'node_modules/@vscode/codicons/dist', file), join(dist, file));
    }
  }
}

/** The options of everything to build now. */
function builds() {
  if (hostTests) return [HOST_TESTS];
  if (bench) return BENCHES;
  const present = BUNDLES.filter(({ name, entry }) => !MAY_BE_MISSING.includes(name) || existsSync(join(root, entry)));
  return present.map(({ name, entry, options }) => ({ ...shared, ...options, entryPoints: { [name]: entry } }));
}

async function main() {
  if (production || hostTests) rmSync(hostTests ? HOST_TESTS.outdir : dist, { recursive: true, force: true });
  const contexts = await Promise.all(builds().map((options) => esbuild.context({ ...options, plugins: [reporter] })));
  if (watch) {
    await Promise.all(contexts.map((context) => context.watch()));
    return;
  }
  const results = await Promise.allSettled(contexts.map((context) => context.rebuild()));
  await Promise.all(contexts.map((context) => context.dispose()));
  if (results.some(({ status }) => status === 'rejected')) process.exitCode = 1;
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
