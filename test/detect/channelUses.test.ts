/** This file tests which goroutine used which channel, against a list of pairs. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Ledger } from '../../src/base/ledger';
import { ChannelUses } from '../../src/detect/channelUses';

/** Some channels share a place among those whose users are kept at hand: 1 and 64, 2 and 67. */
const channelOf = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom(64, 67));
/** Few goroutines that use few channels or many. */
const operations = fc.array(fc.tuple(channelOf, fc.integer({ min: 0, max: 5 })), {
  maxLength: 200,
});

function usesOf(uses: ChannelUses, g: number): [row: number, channel: number][] {
  const list: [number, number][] = [];
  for (let use = uses.first(g); use >= 0; use = uses.after(use)) list.push([use, uses.channel.at(use)]);
  return list;
}

suite('uses of channels', () => {
  test('each pair has a row when it is first seen; those of a goroutine are in the order of time', () => {
    fc.assert(
      fc.property(operations, (list) => {
        const uses = new ChannelUses(new Ledger().share('waits'));
        const pairs: [channel: number, g: number][] = [];
        for (const [channel, g] of list) {
          uses.note(channel, g);
          if (channel !== 0 && g !== 0 && !pairs.some(([c, other]) => c === channel && other === g))
            pairs.push([channel, g]);
          assert.equal(uses.next, pairs.length);
        }
        for (let g = 0; g <= 6; g++) {
          const own = pairs.map(([channel, of], row) => [row, channel, of] as const).filter(([, , of]) => of === g);
          assert.deepEqual(
            usesOf(uses, g),
            own.map(([row, channel]) => [row, channel]),
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});
