import { closeSync, existsSync, openSync, readSync } from 'node:fs';

/** A file that holds machine code. */
export interface Executable {
  /** Operating system and processor, in Node's words: `linux/arm64`. */
  readonly target: string;
  readonly runsHere: boolean;
}

/** `e_machine` of ELF (https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html), and who else can run it. */
const ELF_MACHINES: Readonly<Record<number, { readonly processor: string; readonly emulator: string }>> = {
  0x3e: { processor: 'x64', emulator: 'qemu-x86_64' },
  0xb7: { processor: 'arm64', emulator: 'qemu-aarch64' },
};
const ELF_MAGIC = '7f454c46';
const MACHINE_OFFSET = 18;
const HEADER_BYTES = 20;

/** Operating system and processor of this machine. */
export function thisMachine(): string {
  return `${process.platform}/${process.arch}`;
}

/** What a Linux program is built for; undefined for scripts and what else is no ELF file. */
export function executableOf(file: string, emulators = '/proc/sys/fs/binfmt_misc'): Executable | undefined {
  const header = Buffer.alloc(HEADER_BYTES);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, header, 0, HEADER_BYTES, 0);
  closeSync(descriptor);
  if (header.toString('hex', 0, 4) !== ELF_MAGIC) return undefined;
  const machine = ELF_MACHINES[header.readUInt16LE(MACHINE_OFFSET)];
  const target = `linux/${machine?.processor ?? 'another processor'}`;
  const emulated = machine !== undefined && existsSync(`${emulators}/${machine.emulator}`);
  return { target, runsHere: target === thisMachine() || emulated };
}
