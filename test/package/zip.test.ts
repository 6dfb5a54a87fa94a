/** This file tests the reading of zip archives on small ones of its own making. */
import assert from 'node:assert/strict';
import { deflateRawSync } from 'node:zlib';
import { readZip } from '../../scripts/package/zip';

interface Entry {
  readonly name: string;
  readonly content: string;
  readonly deflated: boolean;
}

/** Words of 2 and 4 bytes, little-endian. */
const bytes = (...words: readonly [size: 2 | 4, value: number][]): Buffer =>
  Buffer.concat(
    words.map(([size, value]) => Buffer.from([value, value >>> 8, value >>> 16, value >>> 24].slice(0, size))),
  );

/** An archive as section 4.3.6 of APPNOTE.TXT draws it; checksums are left out. */
function archive(entries: readonly Entry[]): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  for (const { name, content, deflated } of entries) {
    const packed = deflated ? deflateRawSync(content) : Buffer.from(content);
    const common = bytes([2, 20], [2, 0], [2, deflated ? 8 : 0], [4, 0], [4, 0], [4, packed.length], [4, content.length], [2, name.length], [2, 0]);
    const at = Buffer.concat(local).length;
    local.push(bytes([4, 0x04034b50]), common, Buffer.from(name), packed);
    directory.push(bytes([4, 0x02014b50], [2, 20]), common, bytes([2, 0], [2, 0], [2, 0], [4, 0], [4, at]), Buffer.from(name));
  }
  const [files, list] = [Buffer.concat(local), Buffer.concat(directory)];
  const end = bytes([4, 0x06054b50], [2, 0], [2, 0], [2, entries.length], [2, entries.length], [4, list.length], [4, files.length], [2, 0]);
  return Buffer.concat([files, list, end]);
} // prettier-ignore

suite('zip', () => {
  test('files are read by name, stored or deflated; folders are none', () => {
    const files = readZip(
      archive([
        { name: 'a/', content: '', deflated: false },
        { name: 'a/stored.txt', content: 'as it is', deflated: false },
        { name: 'a/deflated.txt', content: 'again '.repeat(100), deflated: true },
        { name: 'empty', content: '', deflated: false },
      ]),
    );
    const texts = [...files].map(([name, content]) => [name, content.toString()]);
    assert.deepEqual(texts, [
      ['a/stored.txt', 'as it is'],
      ['a/deflated.txt', 'again '.repeat(100)],
      ['empty', ''],
    ]);
  });

  test('what is no archive, or a damaged one, is refused', () => {
    assert.throws(() => readZip(Buffer.from('no archive at all')), /no zip archive/);
    const damaged = archive([{ name: 'a', content: 'a', deflated: false }]);
    damaged[damaged.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))] = 0;
    assert.throws(() => readZip(damaged), /directory is damaged/);
  });
});
