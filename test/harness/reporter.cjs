/** This file is mocha's "spec" reporter that also writes how many tests passed and failed to the file named in INTERLANE_TEST_COUNTS. */
'use strict';
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

module.exports = class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const file = process.env.INTERLANE_TEST_COUNTS;
      const { passes, failures } = runner.stats;
      if (file) writeFileSync(file, JSON.stringify({ passed: passes, failed: failures }));
    });
  }
};
