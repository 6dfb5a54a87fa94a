/** This file tests that each example does what its opening comment says: the verdict, for some the output, and that the verdict names the variable. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceText } from '../src/session/compile';
import { unitsOf } from '../src/session/folder';
import { runSources } from './support/run';

const FOLDER = join(__dirname, '..', 'examples');
const SEEDS = [42, 1, 2, 3, 4];

interface Expectation {
  /** `clean`, or the kind of a finding. */
  readonly kind: string;
  /** Variable or object that the finding must name; '' when it need not. */
  readonly object: string;
  /** Lines of output, for those whose output does not depend on the schedule. */
  readonly prints: readonly string[];
}

function expectation(text: string): Expectation {
  const verdict = /^\/\/ verdict: (\S+)(?: (?:on|of) (.+))?$/m.exec(text);
  assert.ok(verdict, 'has a verdict line');
  const prints = [...text.matchAll(/^\/\/ prints: (.*)$/gm)].map((match) => match[1]!);
  return { kind: verdict[1]!, object: verdict[2] ?? '', prints };
}

interface Example {
  readonly name: string;
  readonly sources: readonly SourceText[];
}

/** Each .lane file, and the program of each folder. */
function exampleOf(name: string): Example[] {
  const path = join(FOLDER, name);
  if (name.endsWith('.lane')) return [{ name, sources: [{ name, text: readFileSync(path, 'utf8') }] }];
  if (!statSync(path).isDirectory()) return [];
  const files = readdirSync(path).map((file) => ({ name: file, text: readFileSync(join(path, file), 'utf8') }));
  return unitsOf(files).map(({ sources }) => ({ name, sources }));
}

suite('examples', () => {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.lane'));

  test('there are enough of them, and each opens with two sentences', () => {
    assert.ok(names.length >= 14);
    for (const name of names) {
      const text = readFileSync(join(FOLDER, name), 'utf8');
      const comment = /^(?:\/\/.*\n)+/.exec(text)?.[0] ?? '';
      const prose = comment.replace(/^\/\/ (verdict|prints):.*$/gm, '').replace(/^\/\/ ?/gm, '');
      assert.equal(prose.match(/[.?!:](?=\s|$)/g)!.length >= 2, true, `${name} opens with two sentences`);
    }
  });

  for (const { name, sources } of readdirSync(FOLDER).flatMap(exampleOf)) {
    const expected = expectation(sources.map(({ text }) => text).join(''));
    test(`${name}: ${expected.kind}${expected.object && ` on ${expected.object}`}`, () => {
      for (const seed of expected.kind === 'clean' ? SEEDS : SEEDS.slice(0, 1)) {
        const run = runSources(sources, { seed });
        assert.deepEqual(run.diagnostics, []);
        const kinds = [...new Set(run.findings.map((finding) => finding.kind))];
        assert.deepEqual(
          kinds,
          expected.kind === 'clean' ? [] : [expected.kind],
          run.findings.map((f) => f.message).join('; '),
        );
        if (expected.object)
          assert.ok(
            run.findings.some((f) => f.objectName === expected.object),
            `names ${expected.object}: ${run.findings.map((f) => f.objectName).join()}`,
          );
        if (expected.prints.length > 0) assert.deepEqual(run.stdout.trimEnd().split('\n'), expected.prints);
        assertEveryFindingHasTwoPlaces(run);
      }
    });
  }
});

function assertEveryFindingHasTwoPlaces(run: ReturnType<typeof runSources>): void {
  for (const finding of run.findings) {
    const placed = finding.sites.filter((site) => site.place >= 0);
    const wanted = ['data-race', 'deadlock', 'partial-deadlock'].includes(finding.kind) ? 2 : 1;
    assert.ok(placed.length >= wanted, `${finding.message} names ${placed.length} places`);
  }
}
