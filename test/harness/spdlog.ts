/** This file holds a logger in plain JavaScript with the interface of VS Code's native @vscode/spdlog, so that output and log channels work. */

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

/** Text of `node_modules/@vscode/spdlog/index.js` in a prepared VS Code server. */
export const SPDLOG_IN_JAVASCRIPT = `'use strict';
const fs = require('fs'), path = require('path'), os = require('os');
const LEVELS = ${JSON.stringify(LEVELS)};
class Logger {
  constructor(name, file) {
    this.file = file;
    this.level = 2;
    this.raw = false;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.closeSync(fs.openSync(file, 'a'));
  }
  write(level, message) {
    if (level < this.level) return;
    const time = new Date().toISOString().replace('T', ' ').slice(0, 23);
    fs.appendFileSync(this.file, this.raw ? message : time + ' [' + LEVELS[level] + '] ' + message + os.EOL);
  }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() { this.raw = false; }
  clearFormatters() { this.raw = true; }
  flush() {}
  drop() {}
}
LEVELS.forEach((name, level) => {
  Logger.prototype[name === 'warning' ? 'warn' : name] = function (message) { this.write(level, message); };
});
exports.version = 11100;
exports.setLevel = exports.setFlushOn = exports.shutdown = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = exports.createAsyncRotatingLogger = async (name, file) => new Logger(name, file);
`;
