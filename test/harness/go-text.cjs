/** This file lets a program that runs by tsx import a `.go` file as its text, which in bundles esbuild's text loader does. mocha loads it for every test (.mocharc.json). */
'use strict';
const { readFileSync } = require('node:fs');
const Module = require('node:module');

Module._extensions['.go'] = (module, path) => {
  module.exports = { __esModule: true, default: readFileSync(path, 'utf8') };
};
