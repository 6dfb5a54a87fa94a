/** This file folds the events of a run into a fingerprint that does not depend on where things stand in memory, nor on how the compiler numbers them. */
import { Kind } from '../../src/event/kinds';
import type { EventLog, Observer } from '../../src/event/log';
import { Digest } from './digest';
import { FIELDS } from './fields';
import { Names } from './names';

const { Read, Write } = Kind;

/** What one sort of events is condensed to. Each names things for itself: the one must not depend on whether the other is there. */
class Strand {
  readonly digest = new Digest();
  private readonly names = new Names();

  constructor(private readonly timed: boolean) {}

  add(log: EventLog, i: number): void {
    const { digest, names } = this;
    const { obj, a, b, holdsValue } = FIELDS[log.kind[i]!]!;
    const lo = log.lo[i]!;
    const hi = log.hi[i]!;
    digest.add(log.kind[i]!);
    digest.add(log.g[i]!);
    digest.add(log.core[i]!);
    digest.add(log.thread[i]!);
    if (this.timed) digest.addDouble(log.time[i]!);
    digest.add(names.place(log.pc[i]!));
    digest.add(names.field(obj, log.obj[i]!));
    digest.add(names.field(a, log.a[i]!));
    digest.add(names.field(b, log.b[i]!));
    digest.add(holdsValue ? names.word(lo, hi, log.pc[i]!) : lo);
    digest.add(hi);
  }

  save(): StrandState {
    return { digest: this.digest.save(), names: this.names.save() };
  }

  restore({ digest, names }: StrandState): void {
    this.digest.restore(digest);
    this.names.restore(names);
  }
}

interface StrandState {
  readonly digest: ReturnType<Digest['save']>;
  readonly names: ReturnType<Names['save']>;
}

interface State {
  readonly events: StrandState;
  readonly accesses: StrandState;
  readonly count: number;
}

export class EventPrint implements Observer {
  /** Everything but plain accesses: the same whether accesses are looked for or not. */
  readonly events: Strand;
  /** Plain accesses, and where among the others they stand. */
  readonly accesses: Strand;
  /** Events that are no plain accesses. */
  count = 0;

  /** @param timed false: when things happen is left out. An event is not told before an earlier one of another core, be it an access: so times depend on them. */
  constructor(timed = true) {
    this.events = new Strand(timed);
    this.accesses = new Strand(timed);
  }

  observe(log: EventLog, i: number): void {
    const kind = log.kind[i]!;
    if (kind === Read || kind === Write) {
      this.accesses.digest.add(this.count);
      this.accesses.add(log, i);
    } else {
      this.count++;
      this.events.add(log, i);
    }
  }

  save(): State {
    return { events: this.events.save(), accesses: this.accesses.save(), count: this.count };
  }

  restore(saved: unknown): void {
    const { events, accesses, count } = saved as State;
    this.events.restore(events);
    this.accesses.restore(accesses);
    this.count = count;
  }
}
