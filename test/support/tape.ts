/** This file keeps every event of a run, and goes back with the run: an observer for tests of snapshots. */
import { Survivors } from '../../src/event/survivors';
import { BranchingList, type ListState } from '../../src/base/branchingList';
import { Detection } from '../../src/detect/detection';
import type { Finding } from '../../src/detect/finding';
import { EVENT_NAMES } from '../../src/event/kinds';
import { EventLog, type Observer } from '../../src/event/log';

/** Columns of an event, in the order of EventLog.addAt, then its time. */
type Row = readonly [g: number, core: number, thread: number, pc: number, kind: number, obj: number, a: number, b: number, lo: number, hi: number, time: number]; // prettier-ignore

export class Tape implements Observer {
  private readonly rows = new BranchingList<Row>();

  observe(log: EventLog, i: number): void {
    const { g, core, thread, pc, kind, obj, a, b, lo, hi, time } = log;
    const at = this.rows.add([g[i]!, core[i]!, thread[i]!, pc[i]!, kind[i]!, obj[i]!, a[i]!, b[i]!, lo[i]!, hi[i]!, time[i]!]); // prettier-ignore
    if (at !== log.first + i) throw new Error(`event ${log.first + i} is told as number ${at}`);
  }

  save(): ListState<Row> {
    return this.rows.save();
  }

  restore(saved: unknown): void {
    this.rows.restore(saved as ListState<Row>);
  }

  get length(): number {
    return this.rows.length;
  }

  /** One line an event, all its columns. */
  lines(): string[] {
    return this.rows.toArray().map((row) => `${EVENT_NAMES[row[4]]} ${row.join(' ')}`);
  }

  /** What the detectors say of the events so far. */
  findings(texts: readonly string[]): Finding[] {
    const detection = new Detection();
    const log = new EventLog([detection]);
    for (const text of texts) log.texts.add(text);
    for (const [g, core, thread, pc, kind, obj, a, b, lo, hi, time] of this.rows.toArray()) {
      log.here.time = time;
      log.addAt(g, core, thread, pc, kind, obj, a, b, lo, hi);
    }
    return detection.finish({ kind: 'exit', status: 0, survivors: new Survivors() });
  }
}
