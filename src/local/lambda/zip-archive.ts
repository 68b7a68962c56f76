import { mkdir, readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { inflateRawSync } from 'node:zlib';

const END_OF_CENTRAL_DIRECTORY = 0x06054b50;
const CENTRAL_ENTRY = 0x02014b50;
const END_RECORD_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const STORED = 0;
const DEFLATED = 8;

/**
 * Unpacks a ZIP archive (APPNOTE.TXT 4.3), file modes included: a custom runtime's `bootstrap` must stay executable.
 * Archives of more than 4 GB (Zip64) are refused; Lambda takes 250 MB.
 *
 * @throws Error where the file is no ZIP archive, or an entry would leave the folder.
 */
export async function extractZip(archive: string, directory: string): Promise<void> {
  const bytes = await readFile(archive);
  const end = endRecord(bytes);
  if (end < 0) throw new Error(`${archive} is no ZIP archive`);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  for (let entry = 0; entry < count; entry++) {
    if (bytes.readUInt32LE(at) !== CENTRAL_ENTRY) throw new Error(`${archive} has a damaged directory`);
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    await extractEntry(bytes, at, name, archive, directory);
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
}

async function extractEntry(
  bytes: Buffer,
  at: number,
  name: string,
  archive: string,
  directory: string,
): Promise<void> {
  const target = path.join(directory, name);
  if (!target.startsWith(directory + path.sep)) {
    throw new Error(`${archive} has an entry outside of itself: ${name}`);
  }
  if (name.endsWith('/')) {
    await mkdir(target, { recursive: true });
    return;
  }
  const method = bytes.readUInt16LE(at + 10);
  const size = bytes.readUInt32LE(at + 20);
  const header = bytes.readUInt32LE(at + 42);
  const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  const packed = bytes.subarray(start, start + size);
  if (method !== STORED && method !== DEFLATED) {
    throw new Error(`${archive}: ${name} is packed by an unknown method ${method}`);
  }
  // The upper half of the external attributes is the Unix mode, of which the last nine bits are permissions.
  const mode = bytes.readUInt16LE(at + 40) % 0o1000;
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, method === DEFLATED ? inflateRawSync(packed) : packed, {
    mode: mode || 0o644,
  });
}

function endRecord(bytes: Buffer): number {
  const last = bytes.length - END_RECORD_BYTES;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT_BYTES); at--) {
    if (bytes.readUInt32LE(at) === END_OF_CENTRAL_DIRECTORY) return at;
  }
  return -1;
}
