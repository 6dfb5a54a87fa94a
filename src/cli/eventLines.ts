/** This file prints the events of a trace, one a line. */
import { EVENT_NAMES, EVENT_TABLE } from '../event/kinds';
import type { Trace } from '../trace/store';

/** `time step core thread G kind obj= a= b= value= place`; fields that a kind does not have are left out. */
export function eventLines(trace: Trace): string {
  const { columns: c, meta } = trace;
  const lines: string[] = [];
  for (let row = 0; row < trace.length; row++) {
    const name = EVENT_NAMES[c.kind[row]!]!;
    const fields = EVENT_TABLE[name];
    const place = meta.places[c.place[row]!];
    lines.push(
      [
        `${c.time[row]!}`.padStart(10),
        `${c.step[row]!}`.padStart(6),
        c.core[row]! < 0 ? '-' : `c${c.core[row]!}`,
        c.thread[row]! < 0 ? '-' : `t${c.thread[row]!}`,
        c.g[row] === 0 ? '-' : `G${c.g[row]!}`,
        name,
        ...(fields.obj ? [`obj=${c.obj[row]!}`] : []),
        ...(fields.a ? [`a=${c.a[row]!}`] : []),
        ...(fields.b ? [`b=${c.b[row]!}`] : []),
        ...(fields.value ? [`value=${(BigInt(c.hi[row]!) << 32n) | BigInt(c.lo[row]! >>> 0)}`] : []),
        ...(place ? [`${meta.files[place.file] ?? '?'}:${place.line}`] : []),
      ].join(' ') + '\n',
    );
  }
  return lines.join('');
}
