/** This file reads zip archives (APPNOTE.TXT of PKWARE, sections 4.3.7 and 4.3.12), as far as vsce writes them: one disk, no encryption, deflated or stored. */
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const DEFLATED = 8;
/** Bytes before the name in the end record, an entry of the directory, and a local header. */
const SIZE = { end: 22, entry: 46, local: 30 };

/** The files of an archive by name. @throws when it is none, or is damaged */
export function readZip(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || bytes.readUInt32LE(end) !== END_OF_DIRECTORY) throw new Error('no zip archive');
  const files = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error(`the archive's directory is damaged at byte ${at}`);
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const path = bytes.toString('utf8', at + SIZE.entry, at + SIZE.entry + name);
    if (!path.endsWith('/')) files.set(path, contentOf(bytes, at));
    at += SIZE.entry + name + extra + comment;
  }
  return files;
}

/** What the entry of the directory at `entry` describes. */
function contentOf(bytes: Buffer, entry: number): Buffer {
  const [method, packed, local] = [bytes.readUInt16LE(entry + 10), bytes.readUInt32LE(entry + 20), bytes.readUInt32LE(entry + 42)];
  const start = local + SIZE.local + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const content = bytes.subarray(start, start + packed);
  return method === DEFLATED ? inflateRawSync(content) : Buffer.from(content);
} // prettier-ignore
