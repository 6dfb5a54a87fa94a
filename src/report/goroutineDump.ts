/** This file prints what Go's runtime prints when a program dies: the message, and stacks of goroutines. */
import { WAIT_REASONS } from '../event/wait';
import type { Trace } from '../trace/store';
import type { ExplainedFinding, ExplainedSite } from './explained';
import { callText, locationText, offsetText } from './frames';
import type { PathOf } from './frames';
import { ENDS } from './sites';

/** The text for the finding that ended the run; undefined when none did. @param text Go's own message, from `panic: ` or `fatal error: ` on. */
export function goCrash(text: string, findings: readonly ExplainedFinding[], trace: Trace, path: PathOf): string {
  const deadlock = findings.find((finding) => finding.kind === 'deadlock');
  if (deadlock) {
    const waits = deadlock.sites.filter((site) => site.role === 'waits').sort((a, b) => a.g - b.g);
    const blocks = waits.map((site) => goroutine(site, reasonText(site.op), trace, path));
    const { count = 1 } = deadlock;
    if (count > waits.length) blocks.push(`...${count - waits.length} additional goroutines elided...`);
    return [text, ...blocks].join('\n\n') + '\n';
  }
  const here = findings.flatMap((finding) => finding.sites).find((site) => site.role === 'here');
  return here ? `${text}\n\n${goroutine(here, 'running', trace, path)}\n` : `${text}\n`;
}

/** `goroutine 18 [chan send]:` and its frames. */
function goroutine(site: ExplainedSite, status: string, trace: Trace, path: PathOf): string {
  const { meta } = trace;
  const lines = [`goroutine ${site.g} [${status}]:`];
  for (const [depth, index] of site.stack.entries()) {
    const place = meta.places[index]!;
    if (depth === ENDS && site.stack.length === ENDS * 2) lines.push('...additional frames elided...');
    lines.push(callText(place.function), `\t${locationText(meta, place, path)} ${offsetText(index)}`);
  }
  const born = meta.goroutines.find((candidate) => candidate.id === site.g);
  const created = born && meta.places[born.createdAt];
  if (born && created && born.parent !== 0) {
    lines.push(`created by ${created.function || 'main.main'} in goroutine ${born.parent}`);
    lines.push(`\t${locationText(meta, created, path)} ${offsetText(born.createdAt)}`);
  }
  return lines.join('\n');
}

function reasonText(name: string): string {
  return WAIT_REASONS.find((reason) => reason.name === name)?.text ?? name;
}
