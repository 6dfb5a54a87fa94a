/**
 * This file builds everything that ships into dist/: the extension, its simulator, the panel, and the command line.
 * Flags: --production (minified, no source maps), --dist=FOLDER (into another folder), --report=FILE (what went into the bundles, as JSON),
 * --watch (prints the lines of the `$esbuild-watch` problem matcher), --host-tests (instead: the suite that runs inside the extension host, into out/host/),
 * --bench (instead: the benchmarks, bundled as what ships is, into out/bench/ and out/bench-host/).
 */
'use strict';
const { chmodSync, copyFileSync, existsSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { basename, join, resolve } = require('node:path');
const esbuild = require('esbuild');
const { version } = require('./package.json');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const hostTests = process.argv.includes('--host-tests');
const bench = process.argv.includes('--bench');
const root = __dirname;
const dist = resolve(root, valueOf('dist') ?? 'dist');
const report = valueOf('report');

/** Files of packages that ship as they are, beside the bundles. */
const COPIED = ['codicon.css', 'codicon.ttf'].map((file) => `node_modules/@vscode/codicons/dist/${file}`);

/** The value of a flag `--name=value`. */
function valueOf(name) {
  const prefix = `--${name}=`;
  return process.argv.find((argument) => argument.startsWith(prefix))?.slice(prefix.length);
}

/** Programs that may still be missing from the tree; the build passes over them. */
const MAY_BE_MISSING = [];

/** The examples in order, each by its paths: a file, or the files of a package, that with `main` first. */
function examples() {
  const folder = join(root, 'examples');
  const filesOf = (entry) => {
    if (!entry.isDirectory()) return entry.name.endsWith('.lane') ? [entry.name] : [];
    const others = readdirSync(join(folder, entry.name)).filter((name) => name !== 'main.go');
    return ['main.go', ...others.sort()].map((name) => `${entry.name}/${name}`);
  };
  const all = readdirSync(folder, { withFileTypes: true }).map(filesOf);
  return all.filter((paths) => paths.length > 0).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What is common to all bundles. */
const shared = {
  absWorkingDir: root,
  bundle: true,
  outdir: dist,
  minify: production,
  sourcemap: !production,
  sourcesContent: false,
  metafile: report !== undefined,
  legalComments: 'none',
  logLevel: 'silent',
  // The packages of std are Go text.
  loader: { '.go': 'text' },
  define: {
    'process.env.NODE_ENV': JSON.stringify(production ? 'production' : 'development'),
    'process.env.INTERLANE_VERSION': JSON.stringify(version),
    'process.env.INTERLANE_EXAMPLES': JSON.stringify(JSON.stringify(examples())),
  },
};

const onNode = { platform: 'node', format: 'cjs', target: 'node20' };
const onWeb = { platform: 'browser', format: 'iife', target: 'es2022' };

/**
 * The editor's API, of some 500 names, is turned into an ES module once a bundle: left alone, esbuild does so once a file that imports it, which was most of
 * what activation took.
 */
const editorOnce = {
  name: 'editor-once',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'editor' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'editor' },
    );
    build.onLoad({ filter: /^vscode$/, namespace: 'editor' }, () => ({ contents: "export * from 'vscode';" }));
  },
};

/** One row a bundle: dist/<name>.js from an entry point, and how it differs from the others. */
const BUNDLES = [
  { name: 'extension', entry: 'src/host/node.ts', options: { ...onNode, plugins: [editorOnce] } },
  // The process that simulates, and the thread in it that does the work: what starts it, and what it is.
  { name: 'simulator', entry: 'src/worker/warden.ts', options: onNode },
  { name: 'worker', entry: 'src/launch/thread.ts', options: onNode },
  { name: 'simulation', entry: 'src/worker/main.ts', options: onNode },
  // The command line: what starts it, and what it is.
  { name: 'cli', entry: 'src/launch/shell.ts', options: { ...onNode, banner: { js: '#!/usr/bin/env node' } } },
  { name: 'commands', entry: 'src/cli/main.ts', options: onNode },
  // The same two for editors in a browser, where there is no Node.
  { name: 'web/extension', entry: 'src/host/browser.ts', options: { ...onWeb, format: 'cjs', plugins: [editorOnce] } },
  { name: 'web/worker', entry: 'src/worker/browser.ts', options: onWeb },
  {
    name: 'webview',
    entry: 'src/webview/main.tsx',
    options: onWeb,
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
    for (const file of COPIED) copyFileSync(join(root, file), join(dist, basename(file)));
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
  const contexts = await Promise.all(
    builds().map((options) => esbuild.context({ ...options, plugins: [...(options.plugins ?? []), reporter] })),
  );
  if (watch) {
    await Promise.all(contexts.map((context) => context.watch()));
    return;
  }
  const results = await Promise.allSettled(contexts.map((context) => context.rebuild()));
  await Promise.all(contexts.map((context) => context.dispose()));
  if (results.some(({ status }) => status === 'rejected')) process.exitCode = 1;
  else if (report) {
    const bundles = results.map(({ value }) => value.metafile);
    writeFileSync(report, JSON.stringify({ bundles, copied: COPIED }));
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
