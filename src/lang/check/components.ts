/** This file finds the strongly connected components of a graph. */

/** What is known of a node: its number in the order of discovery, and the lowest number that it leads back to. */
interface Visit {
  readonly number: number;
  low: number;
  open: boolean;
}

/** A node whose successors are being visited. */
interface Frame<T> {
  readonly node: T;
  readonly visit: Visit;
  readonly rest: Iterator<T>;
}

/** Components of the nodes, each after those that it leads to (Tarjan, 1972; with a stack of its own, because chains are long). */
export function components<T>(nodes: Iterable<T>, successors: (node: T) => Iterable<T>): T[][] {
  const visits = new Map<T, Visit>();
  const open: T[] = [];
  const frames: Frame<T>[] = [];
  const found: T[][] = [];
  const enter = (node: T): void => {
    const visit: Visit = { number: visits.size, low: visits.size, open: true };
    visits.set(node, visit);
    open.push(node);
    frames.push({ node, visit, rest: successors(node)[Symbol.iterator]() });
  };
  const leave = ({ node, visit }: Frame<T>): void => {
    frames.pop();
    const outer = frames[frames.length - 1]?.visit;
    if (outer) outer.low = Math.min(outer.low, visit.low);
    if (visit.low === visit.number) found.push(close(node, open, visits));
  };
  for (const root of nodes) {
    if (visits.has(root)) continue;
    enter(root);
    for (let frame = frames[0]; frame; frame = frames[frames.length - 1]) {
      const { done, value } = frame.rest.next() as IteratorResult<T, undefined>;
      if (done) leave(frame);
      else step(frame.visit, visits.get(value), () => enter(value));
    }
  }
  return found;
}

/** Follows an edge: to a node not seen before, or back to one whose component is not known yet. */
function step(from: Visit, to: Visit | undefined, enter: () => void): void {
  if (!to) enter();
  else if (to.open) from.low = Math.min(from.low, to.number);
}

/** Takes the component that begins with `node` off the open nodes. */
function close<T>(node: T, open: T[], visits: ReadonlyMap<T, Visit>): T[] {
  const component = open.splice(open.lastIndexOf(node));
  for (const member of component) visits.get(member)!.open = false;
  return component;
}
