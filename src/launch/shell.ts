/** This file is the command line as a shell starts it: it launches the commands beside it out of compiled code. */
import { join } from 'node:path';
import { prepare, run } from './compiled';
import { cacheFolder } from './folder';

/** The command that comes to run most of the code: what it leaves serves the others. */
const KEEPS = 'run';

const folder = cacheFolder(process.env, process.platform);
const launched = run(prepare(join(__dirname, 'commands.js'), folder && join(folder, 'commands.code')), module, require);
if (process.argv[2] === KEEPS) process.once('exit', () => launched.keep());
