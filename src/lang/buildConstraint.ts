/**
 * This file decides whether a Go file belongs to the build, as package go/build does for the machine that is simulated:
 * 64-bit Linux, the gc compiler of the language version supported, race detection on, no cgo (`go help buildconstraint`).
 */

/** The newest language version whose release tag is set: go1.26 and all before. */
const NEWEST_MINOR = 26;
const TAGS = new Set(['linux', 'amd64', 'unix', 'gc', 'race']);

// Of internal/syslist: names that mean something at the end of a file's name.
const SYSTEMS = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos'.split(' '),
); // prettier-ignore
const PROCESSORS = new Set(
  '386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm'.split(' '),
); // prettier-ignore

function isSet(tag: string): boolean {
  const version = /^go1\.(\d+)$/.exec(tag);
  return version ? Number(version[1]) <= NEWEST_MINOR : TAGS.has(tag);
}

/** Whether a file's name is of the build: `_test`, then `_GOOS`, `_GOARCH` or `_GOOS_GOARCH` at its end are looked at, and a leading dot or underscore hides it. */
export function nameIsBuilt(fileName: string): boolean {
  if (/^[._]/.test(fileName)) return false;
  const parts = fileName.replace(/\..*$/, '').replace(/_test$/, '').split('_');
  const [last = '', previous = ''] = parts.slice(1).reverse();
  if (PROCESSORS.has(last)) return isSet(last) && (!SYSTEMS.has(previous) || isSet(previous));
  return !SYSTEMS.has(last) || isSet(last);
} // prettier-ignore

/**
 * Whether the lines that stand before a package clause let the file be built. A `go:build` line alone counts where there is one; else all
 * `+build` lines must hold. A line that cannot be understood does not exclude.
 */
export function constraintsHold(lines: readonly string[]): boolean {
  const modern = lines.find((line) => line.startsWith('go:build'));
  if (modern !== undefined) return new Expression(modern.slice('go:build'.length)).value();
  return lines.every((line) => alternatives(line.replace(/^\+build/, '')));
}

/** `+build a,b !c`: (a and b) or not c. */
function alternatives(line: string): boolean {
  const terms = line.trim().split(/\s+/);
  const holds = (tag: string): boolean => (tag.startsWith('!') ? !isSet(tag.slice(1)) : isSet(tag));
  return terms.some((term) => term.split(',').every(holds));
}

/** As in go/build/constraint: the parser descends, and no hand writes lines as long as this. */
const MAX_TOKENS = 1000;

/** `expr = term {"||" term}`, `term = factor {"&&" factor}`, `factor = "!" factor | "(" expr ")" | tag`. */
class Expression {
  private readonly tokens: string[];
  private at = 0;

  constructor(text: string) {
    this.tokens = text.match(/\|\||&&|[!()]|[\w.]+|\S/g) ?? [];
  }

  /** True when it cannot be understood. */
  value(): boolean {
    if (this.tokens.length > MAX_TOKENS) return true;
    const value = this.or();
    return this.at === this.tokens.length ? value : true;
  }

  private or(): boolean {
    let value = this.and();
    while (this.skip('||')) value = this.and() || value;
    return value;
  }

  private and(): boolean {
    let value = this.factor();
    while (this.skip('&&')) value = this.factor() && value;
    return value;
  }

  private factor(): boolean {
    let negated = false;
    while (this.skip('!')) negated = !negated;
    const value = this.skip('(') ? this.group() : isSet(this.tokens[this.at++] ?? '');
    return negated !== value;
  }

  private group(): boolean {
    const value = this.or();
    // Past the end: what is never closed is not understood.
    if (!this.skip(')')) this.at = Infinity;
    return value;
  }

  private skip(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }
}
