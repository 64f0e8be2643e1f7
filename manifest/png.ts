import { crc32, deflateSync } from 'node:zlib';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const truecolourWithAlpha = 6;

/**
 * A PNG (ISO/IEC 15948) of 8-bit RGBA, not interlaced. `rgba` holds width × height × 4 bytes, rows from the top. RangeError
 * when it holds another number.
 */
export function encodePng(width: number, height: number, rgba: Uint8Array): Uint8Array {
  if (rgba.length !== width * height * 4)
    throw new RangeError(`${rgba.length} bytes for ${width}x${height} RGBA`);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, truecolourWithAlpha, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (width * 4 + 1));
  for (let y = 0; y < height; y++) {
    // Each row begins with its filter type, 0 for none.
    rows.set(rgba.subarray(y * width * 4, (y + 1) * width * 4), y * (width * 4 + 1) + 1);
  }
  const image = deflateSync(rows, { level: 9 });
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', image),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  out.set(body, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

export interface PngHeader {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  /** Colour and an alpha channel (colour type 6). */
  readonly hasAlpha: boolean;
}

/** What the header of a PNG says, or undefined when it is none. */
export function pngHeader(bytes: Uint8Array): PngHeader | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < 33 || Buffer.compare(buffer.subarray(0, 8), signature) !== 0) return undefined;
  if (buffer.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  return {
    width: buffer.readUInt32BE(16),
    height: buffer.readUInt32BE(20),
    bitDepth: buffer.readUInt8(24),
    hasAlpha: buffer.readUInt8(25) === truecolourWithAlpha,
  };
}
