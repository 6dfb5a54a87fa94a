/** This file tests the judge: it lets good programs pass, knows a broken law when it sees one, and gives the same fault the same name. */
import assert from 'node:assert/strict';
import { readCorpus } from './corpus';
import { plainInput } from './inputs';
import { judge, signatureOf, STAGES } from './judge';
import { holds, LawBroken, same } from './law';
import { xmlFault } from './xml';

const RACE = 'func main() { x := 0; go func() { x++ }(); x++; time.Sleep(1ms); println(x) }';

suite('judge', () => {
  test('takes a program through every stage', () => {
    const seen: string[] = [];
    const input = { ...plainInput(RACE, 'lane'), depth: 'run', replay: 'same' } as const;
    assert.deepEqual(judge(input, (stage) => seen.push(stage)), { compiled: true, ran: true }); // prettier-ignore
    assert.deepEqual(seen, STAGES.filter((stage) => stage !== 'generate' && stage !== 'parse')); // prettier-ignore
  });

  test('goes no further than it is asked to, or than the text lets it', () => {
    const stages = (text: string, depth: 'parse' | 'front' | 'run'): string[] => {
      const seen: string[] = [];
      judge({ ...plainInput(text, 'lane'), depth }, (stage) => seen.push(stage));
      return seen;
    };
    assert.deepEqual(stages(RACE, 'parse'), ['parse']);
    assert.ok(stages(RACE, 'front').includes('fixes') && !stages(RACE, 'front').includes('run'));
    assert.ok(!stages('func main() { undefined() }', 'run').includes('run'));
  });

  test('finds nothing wrong with the programs of the corpus', function () {
    this.timeout(120_000);
    for (const [i, { text, dialect }] of readCorpus().entries()) {
      if (i % 12 === 0) judge({ ...plainInput(text, dialect), depth: 'run', seed: i });
    }
  });
});

suite('laws', () => {
  test('a law that holds says nothing, a broken one says which', () => {
    holds(true, 'a law', () => assert.fail());
    assert.throws(() => holds(false, 'a law', () => 'so'), new LawBroken('a law', 'so'));
    same('text', 'text', 'a law');
    assert.throws(() => same('text a', 'text b', 'a law'), /a law: …text a… and …text b… \(from 5\)/);
  });

  test('well-formed XML passes', () => {
    for (const text of ['<a/>', '<a b="&lt;&#38;">x &amp; y<c d="1" e="2"/></a>\n']) assert.equal(xmlFault(text), undefined); // prettier-ignore
  });

  const FAULTS: readonly (readonly [string, RegExp])[] = [
    ['<a>', /not closed/],
    ['<a></b>', /closes nothing/],
    ['<a/><b/>', /2 roots/],
    ['', /0 roots/],
    ['<a b="1" b="2"/>', /b twice/],
    ['<a b=1/>', /no tag/],
    ['<a b="<"/>', /no tag/],
    ['<a>&</a>', /bare &/],
    ['<a>&nbsp;</a>', /bare &/],
    ['<a>\0</a>', /U\+0/],
    ['<a>\u001b</a>', /U\+1b/],
    ['<a>\ud800</a>', /U\+d800/],
  ];
  for (const [text, fault] of FAULTS) {
    test(`XML like ${JSON.stringify(text)} does not`, () => assert.match(xmlFault(text) ?? '', fault));
  }
});

suite('signatures', () => {
  const thrown = (message: string): Error => new RangeError(message);

  test('are the same for the same fault at other values', () => {
    const [one, two] = ['index 3 of "a"', 'index -17 of "bcd"'].map((message) => signatureOf(thrown(message)));
    assert.equal(one, two);
    assert.match(one!, /^RangeError: index N of "…" @ test\/fuzz\/judge\.test\.ts thrown/);
  });

  test('differ where something else failed', () => {
    assert.notEqual(signatureOf(thrown('index 3')), signatureOf(thrown('length 3')));
    assert.notEqual(signatureOf(thrown('index 3')), signatureOf(new RangeError('index 3')));
    assert.equal(signatureOf(new LawBroken('a law', 'this')), signatureOf(new LawBroken('a law', 'that')));
    assert.notEqual(signatureOf(new LawBroken('a law', '')), signatureOf(new LawBroken('another', '')));
  });

  test('name each function of a recursion once', () => {
    const deep = (n: number): void => (n === 0 ? assert.fail('deep') : deep(n - 1));
    try {
      deep(50);
    } catch (error) {
      assert.match(signatureOf(error), /@ test\/fuzz\/judge\.test\.ts deep( < |$)/);
    }
  });
});
