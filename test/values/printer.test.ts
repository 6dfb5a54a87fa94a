/** This file tests fmt's formatting: fixed expectations, and a comparison with the real Go where one is installed. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../../src/base/random';
import { decodeBytes, encodeBytes } from '../../src/base/utf8';
import { builtinText } from '../../src/values/builtin';
import { valueText } from '../../src/values/print';
import { readString } from '../../src/values/reader';
import { T, World, arrayOf, bool, duration, float, goLiteral, integer, list, map, mapOf, nil, pointer, pointerTo, sliceOf, string, struct, structOf } from './samples'; // prettier-ignore
import type { Sample } from './samples';

const ints = sliceOf(T.int);
const bytes = sliceOf(T.uint8);
const names = sliceOf(T.string);
const anys = sliceOf(T.any);
const point = structOf('point', [['X', T.int], ['Y', T.int]]); // prettier-ignore
const inner = structOf('inner', [['Name', T.string], ['At', point], ['Any', T.any], ['wait', T.duration], ['Wait', T.duration]]); // prettier-ignore
const ages = mapOf(T.string, T.int);
const byNumber = mapOf(T.float64, names);
const pair = arrayOf(T.int, 2);
const pointPointer = pointerTo(point);

const DECLARATIONS = `
type level int
func (l level) String() string { return fmt.Sprint("L", int(l)) }
type count int
type point struct { X, Y int }
type inner struct { Name string; At point; Any any; wait, Wait time.Duration }
`;

const int = (n: number): Sample => integer(T.int, BigInt(n));
const at = (x: number, y: number): Sample => struct(point, [int(x), int(y)]);

function sprintf(format: string, ...operands: (Sample | undefined)[]): string {
  const world = new World();
  return world.sprintf(format, world.operands(operands));
}

suite('values: texts of bytes', () => {
  test('any bytes survive the way into text and back', () => {
    const random = new Random(1);
    for (let round = 0; round < 300; round++) {
      const all = Uint8Array.from({ length: random.below(12) }, () => {
        const kind = random.below(3);
        return kind === 0 ? random.below(128) : kind === 1 ? 0x80 + random.below(64) : 0xc0 + random.below(64);
      });
      assert.deepEqual([...encodeBytes(decodeBytes(all))], [...all]);
    }
  });

  test('valid UTF-8 reads as itself, a broken byte as its escape', () => {
    assert.equal(decodeBytes(encodeBytes('aé€😀')), 'aé€😀');
    assert.equal(decodeBytes(Uint8Array.of(0x61, 0xff, 0xed, 0xa0, 0x80)), 'a\udcff\udced\udca0\udc80');
  });

  test('a string value is written and read', () => {
    const world = new World();
    assert.equal(readString(world.memory, world.place(string('grüße'))), 'grüße');
    assert.equal(readString(world.memory, world.place(string(''))), '');
  });
});

suite('values: Println, Print and the built-ins', () => {
  const world = new World();

  test('Println puts spaces between all operands, Print only between those that are no strings', () => {
    const operands = world.operands([string('a'), int(1), int(2), bool(true), undefined]);
    assert.equal(world.sprintln(operands), 'a 1 2 true <nil>\n');
    assert.equal(world.sprint(operands), 'a1 2 true <nil>');
  });

  test('the built-in println writes floats in its own way', () => {
    const f = float(T.float64, 1.5);
    assert.equal(builtinText(world.reader, world.reader.value(f.shape.type.index, world.place(f))), '1.5');
    const n = integer(T.int64, -3n);
    assert.equal(builtinText(world.reader, world.reader.value(n.shape.type.index, world.place(n))), '-3');
  });
});

suite('values: Printf', () => {
  const rows: readonly (readonly [string, readonly (Sample | undefined)[], string])[] = [
    [
      '%d|%5d|%-5d|%05d|%+d|% d',
      [int(42), int(42), int(42), int(42), int(42), int(42)],
      '42|   42|42   |00042|+42| 42',
    ],
    [
      '%x %X %#x %o %O %b %c %q %U %#U',
      [int(255), int(255), int(255), int(8), int(8), int(5), int(65), int(65), int(65), int(0x1f600)],
      "ff FF 0xff 10 0o10 101 A 'A' U+0041 U+1F600 '😀'",
    ],
    ['%d', [integer(T.uint64, 18446744073709551615n)], '18446744073709551615'],
    [
      '%v %g %e %.2f %8.3f|%-8.1f|%+.0f',
      [
        float(T.float64, 1e21),
        float(T.float64, 100000),
        float(T.float64, 123456.789),
        float(T.float64, 2.675),
        float(T.float64, 3.14159),
        float(T.float64, 2.25),
        float(T.float64, 2.5),
      ],
      '1e+21 100000 1.234568e+05 2.67|   3.142|2.2     |+2'.replace('2.67|', '2.67 '),
    ],
    [
      '%s|%10s|%-10s|%.2s|%q|%x|% x',
      [string('héllo'), string('hé'), string('hé'), string('héllo'), string('a"b\n'), string('hi'), string('hi')],
      'héllo|        hé|hé        |hé|"a\\"b\\n"|6869|68 69',
    ],
    ['%v %+v %#v %T', [at(1, 2), at(1, 2), at(1, 2), at(1, 2)], '{1 2} {X:1 Y:2} main.point{X:1, Y:2} main.point'],
    ['%v %+v', [pointer(pointPointer, at(1, 2)), pointer(pointPointer, at(1, 2))], '&{1 2} &{X:1 Y:2}'],
    ['%v %d %#v', [list(ints, [int(1), int(2)]), list(ints, []), list(ints, [int(3)])], '[1 2] [] []int{3}'],
    [
      '%v %#v',
      [
        map(ages, [
          [string('b'), int(2)],
          [string('a'), int(1)],
        ]),
        map(ages, [[string('b'), int(2)]]),
      ],
      'map[a:1 b:2] map[string]int{"b":2}',
    ],
    [
      '%v %s %d %v',
      [duration(1500000000n), duration(2n), duration(7n), duration(5400000000000n)],
      '1.5s 2ns 7 1h30m0s',
    ],
    ['%v %d %s', [integer(T.level, 3n), integer(T.level, 3n), integer(T.level, 4n)], 'L3 3 L4'],
    ['%d %s', [string('hi'), int(7)], '%!d(string=hi) %!s(int=7)'],
    ['%d', [], '%!d(MISSING)'],
    ['%d', [int(1), string('x')], '1%!(EXTRA string=x)'],
    ['%[2]d %[1]d %d', [int(1), int(2)], '2 1 2'],
    ['%*d|%-*d|%.*f', [int(5), int(42), int(4), int(7), int(2), float(T.float64, 3.14159)], '   42|7   |3.14'],
    ['100%%', [], '100%'],
    ['%', [], '%!(NOVERB)'],
    ['%z', [int(1)], '%!z(int=1)'],
    ['%t %v', [bool(true), bool(false)], 'true false'],
    ['%v %d', [undefined, undefined], '<nil> %!d(<nil>)'],
    ['%v %#v', [nil(pointPointer), nil(pointPointer)], '<nil> (*main.point)(nil)'],
  ];
  for (const [format, operands, expected] of rows) {
    test(`${format} of ${operands.map((operand) => operand?.go ?? 'nil').join(', ')}`, () => {
      assert.equal(sprintf(format, ...operands), expected);
    });
  }

  test('a pointer looks like an address of Go’s heap', () => {
    assert.match(sprintf('%p', pointer(pointPointer, at(1, 2))), /^0xc000[0-9a-f]{6}$/);
  });

  test('one value by its type and address', () => {
    const world = new World();
    const value = at(1, 2);
    const place = world.place(value);
    assert.equal(valueText(world.reader, value.shape.type.index, place), '{1 2}');
    assert.equal(valueText(world.reader, value.shape.type.index, place, '%+v'), '{X:1 Y:2}');
  });

  test('where nobody calls methods a Stringer is printed as its value', () => {
    const world = new World();
    const value = integer(T.level, 3n);
    assert.equal(valueText(world.reader, value.shape.type.index, world.place(value)), '3');
  });
});

// ---- comparison with Go

const GO = ['/usr/local/go/bin/go', '/usr/bin/go'].find((path) => existsSync(path));

const SAMPLES: readonly (() => Sample)[] = [
  () => int(0), () => int(-42), () => int(65), () => int(1114112), () => int(0x1f600),
  () => integer(T.int8, -128n), () => integer(T.int64, -9223372036854775808n), () => integer(T.uint64, 18446744073709551615n),
  () => integer(T.uint8, 200n), () => integer(T.count, 12n), () => integer(T.level, 5n), () => duration(1500000n), () => duration(-90000000001n),
  () => float(T.float64, 0), () => float(T.float64, -0), () => float(T.float64, 1), () => float(T.float64, 1e21), () => float(T.float64, 123456789), () => float(T.float64, 2.5),
  () => float(T.float64, -1.25e-7), () => float(T.float64, 5e-324), () => float(T.float64, 1.7976931348623157e308), () => float(T.float64, Infinity), () => float(T.float64, -Infinity), () => float(T.float64, NaN),
  () => float(T.float64, 0.1), () => float(T.float64, 1e6), () => float(T.float64, 999999.5), () => float(T.float64, 0.00001234),
  () => float(T.float32, 0.1), () => float(T.float32, 16777216), () => float(T.float32, 3.4028235e38),
  () => string(''), () => string('hi'), () => string('grüße "x"\t`'), () => string('a\udcffb\udce2'), () => string('😀\u0007\u200b\ufeff'), () => bool(true), () => bool(false),
  () => at(1, -2), () => pointer(pointPointer, at(3, 4)), () => nil(pointPointer), () => list(ints, []), () => nil(ints), () => list(ints, [int(1), int(22)]),
  () => list(bytes, [104, 105, 255].map((n) => integer(T.uint8, BigInt(n)))), () => nil(bytes), () => list(names, [string('a'), string('b c')]), () => list(pair, [int(1), int(2)]),
  () => list(anys, [int(1), string('x'), float(T.float64, 2.5), duration(1000n), at(5, 6)]),
  () => map(ages, [[string('b'), int(2)], [string('a'), int(1)], [string('ü'), int(3)]]), () => nil(ages),
  () => map(byNumber, [[float(T.float64, 2), list(names, [string('x')])], [float(T.float64, -1), nil(names)]]),
  () => struct(inner, [string('n'), at(1, 2), int(9), duration(5n), duration(1000n)]), () => struct(inner, [string('n'), at(1, 2), nil(T.any), duration(0n), duration(0n)]),
  () => struct(inner, [string(''), at(0, 0), integer(T.level, 2n), duration(0n), duration(0n)]),
]; // prettier-ignore

const VERBS = [...'vvvvvvdsqxXobcUeEfFgGtTOz'];

/** Formats whose value must be a constant expression of fixed type, so that Go's vet of constants does not refuse them. */
function randomFormat(random: Random): string {
  const flags = [...'+-# 0'].filter(() => random.below(5) === 0).join('');
  const width = random.below(3) === 0 ? String(random.below(14)) : '';
  const precision = random.below(4) === 0 ? '.' + (random.below(4) === 0 ? '' : String(random.below(25))) : '';
  return '%' + flags + width + precision + VERBS[random.below(VERBS.length)]!;
}

const ODD = [
  '%',
  '%!',
  '%[3]d',
  '%[1]d %[1]v',
  '%[2]*[1]d',
  '%[1',
  '%[x]d',
  '%[]d',
  '%.[1]*d',
  '%*d',
  '%.*d',
  '%-010d|',
  '%6.2',
  '%é',
  '%w',
  '%[1]5d',
  '%[1].2f',
  '%1000001d',
  '%%|%5%',
  '%s %s',
  '%v',
];

function programOf(cases: readonly (readonly [string, readonly Sample[]])[]): string {
  const lines = cases.map(
    ([format, operands]) => `\tp(${[goLiteral(format), ...operands.map((operand) => operand.go)].join(', ')})`,
  );
  return `package main
import ("fmt"; "math"; "time"; "os"; "bufio")
var out = bufio.NewWriter(os.Stdout)
var _ = math.Pi
var _ time.Duration
${DECLARATIONS}
func p(format string, a ...any) { out.WriteString(fmt.Sprintf(format, a...)); out.WriteByte(0); out.WriteByte('\\n') }
func main() {
${lines.join('\n')}
	out.Flush()
}
`;
}

suite('values: formatting as the real Go does it', () => {
  test('random verbs, flags, widths and precisions over many values', function () {
    if (!GO) return this.skip();
    this.timeout(120_000);
    const random = new Random(7);
    const cases: (readonly [string, readonly Sample[]])[] = [];
    for (const sample of SAMPLES)
      for (const verb of new Set(VERBS))
        cases.push(['%' + verb, [sample()]], ['%#' + verb, [sample()]], ['%+' + verb, [sample()]]);
    for (let i = 0; i < 3000; i++) cases.push([randomFormat(random), [SAMPLES[random.below(SAMPLES.length)]!()]]);
    for (const format of ODD)
      cases.push(
        [format, []],
        [format, [int(7)]],
        [format, [int(12), int(3)]],
        [format, [string('s'), int(-4), int(1)]],
      );
    const directory = mkdtempSync(join(tmpdir(), 'interlane-format-'));
    try {
      writeFileSync(join(directory, 'main.go'), programOf(cases));
      const run = spawnSync(GO, ['run', 'main.go'], {
        cwd: directory,
        encoding: 'buffer',
        maxBuffer: 1 << 26,
        env: { ...process.env, GO111MODULE: 'off', GOFLAGS: '', CGO_ENABLED: '0' },
      });
      assert.equal(run.status, 0, run.stderr.toString());
      const expected = decodeBytes(run.stdout).split('\0\n');
      const isAddress = /0x[0-9a-f]{6,}|c000[0-9a-f]{6}|C000[0-9A-F]{6}/;
      const wrong = cases.flatMap(([format, operands], i) => {
        const actual = sprintf(format, ...operands);
        if (actual === expected[i] || (isAddress.test(actual) && isAddress.test(expected[i]!))) return [];
        if (operands.some((operand) => operand.shape.type.kind === 'pointer') && !'vs'.includes(format.at(-1)!))
          return [];
        return [
          `${format} of ${operands.map((operand) => operand.go).join(', ')}\n  Go:   ${JSON.stringify(expected[i])}\n  ours: ${JSON.stringify(actual)}`,
        ];
      });
      assert.equal(wrong.length, 0, `${wrong.length} of ${cases.length} differ\n${wrong.slice(0, 40).join('\n')}`);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
