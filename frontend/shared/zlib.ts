// zlib streams (RFC 1950): the one stored block that our codes are, and inflating anything else up to a limit.

import { type Bytes, concat, equal } from "./bytes";
import { FormatError, UnsupportedError } from "./errors";

const ADLER_MODULUS = 65521; // RFC 1950, 8.2
const START = 7; // bytes before the message
const END = 4; // bytes of the checksum after it

function adler32(data: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of data) {
    a = (a + byte) % ADLER_MODULUS;
    b = (b + a) % ADLER_MODULUS;
  }
  return b * 0x10000 + a;
}

function start(size: number): Bytes {
  const bytes = new DataView(new ArrayBuffer(START));
  bytes.setUint16(0, 0x78da); // zlib: deflate, 32 K window, level 3
  bytes.setUint8(2, 1); // RFC 1951, 3.2.4: the final block, stored
  bytes.setUint16(3, size, true);
  bytes.setUint16(5, size ^ 0xffff, true);
  return new Uint8Array(bytes.buffer);
}

function end(message: Uint8Array): Bytes {
  const bytes = new DataView(new ArrayBuffer(END));
  bytes.setUint32(0, adler32(message));
  return new Uint8Array(bytes.buffer);
}

/** Writes a message of at most 65,535 bytes as one stored block. */
export function store(message: Uint8Array): Bytes {
  return concat(start(message.length), message, end(message));
}

/** Gives the message of a stream that `store` wrote, or undefined for any other stream. */
export function stored(stream: Bytes): Bytes | undefined {
  const message = stream.subarray(START, -END);
  const whole = stream.length >= START + END && equal(stream.subarray(0, START), start(message.length));
  return whole && equal(stream.subarray(-END), end(message)) ? message : undefined;
}

/** Inflates a stream of at most `most` bytes, whatever it would grow to; throws `FormatError` for any other. */
export async function inflate(stream: Bytes, most: number): Promise<Bytes> {
  if (typeof DecompressionStream === "undefined") throw new UnsupportedError("this browser does not inflate");
  const reader = new Blob([stream]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      size += read.value.length;
      if (size > most) throw new FormatError("more than the limit");
      chunks.push(read.value);
    }
  } catch {
    reader.cancel().catch(() => undefined); // it has failed already, or nobody wants the rest
    throw new FormatError("a damaged stream, or one that grows too large");
  }
  const inflated = concat(...chunks);
  // Node 20 passes over bytes after the end, which browsers and Python refuse: what is last must be the checksum.
  if (!equal(stream.subarray(-END), end(inflated))) throw new FormatError("bytes after the end");
  return inflated;
}
