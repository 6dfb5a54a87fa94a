/** This file answers its parent process: for each command line it is sent, what that did. */
import { interlane } from './inProcess';

process.on('message', (argv: string[]) => {
  void interlane(argv).then((ran) => process.send!(ran));
});
